package jsvalue_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func newZone(t *testing.T, name string) jsvalue.Zone {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return jsvalue.NewZone(loc)
}

// The wanted values are Node 20's; stdlib and gojalib compare many more with Node itself.
func TestParseDate(t *testing.T) {
	tests := []struct {
		zone, text string
		want       float64
	}{
		{"Europe/Berlin", "2024-07-01", 1719792000000},
		{"Europe/Berlin", "2024-07-01T12:00:00", 1719828000000},
		{"Europe/Berlin", "Jan 2, 2024", 1704150000000},
		{"Europe/Berlin", "Tue Jan 02 2024 03:04:05 GMT+0100 (Central European Standard Time)", 1704161045000},
		{"America/New_York", "2024-03-10T02:30", 1710055800000}, // in the gap
		{"America/New_York", "2024-11-03T01:30", 1730611800000}, // the first of two
		{"UTC", "2024-01-02T24:00:00", 1704240000000},
		{"UTC", "1/2/24 10:00 PM", 1704232800000},
		{"UTC", "2024-01-02T24:00:01", math.NaN()},
		{"UTC", "-000000-01-01T00:00:00Z", math.NaN()},
		{"UTC", "hello", math.NaN()},
		{"UTC", "", math.NaN()},
	}
	for _, test := range tests {
		got := jsvalue.ParseDate(test.text, newZone(t, test.zone))
		assert.True(t, got == test.want || math.IsNaN(got) && math.IsNaN(test.want), "ParseDate(%q) = %v, want %v", test.text, got, test.want)
	}
}

func TestDateText(t *testing.T) {
	const ms = 1704164645678
	berlin := newZone(t, "Europe/Berlin")
	assert.Equal(t, "Tue Jan 02 2024 04:04:05 GMT+0100 (Central European Standard Time)", jsvalue.DateText(ms, berlin, true, true))
	assert.Equal(t, "Tue Jan 02 2024", jsvalue.DateText(ms, berlin, true, false))
	assert.Equal(t, "22:04:05 GMT-0500 (Eastern Standard Time)", jsvalue.DateText(ms, newZone(t, "America/New_York"), false, true))
	assert.Equal(t, "Tue, 02 Jan 2024 03:04:05 GMT", jsvalue.UTCText(ms))
	assert.Equal(t, "2024-01-02T03:04:05.678Z", jsvalue.ISOText(ms))
	assert.Equal(t, "+275760-09-13T00:00:00.000Z", jsvalue.ISOText(8.64e15))
	assert.Equal(t, "-000001-12-31T00:00:00.000Z", jsvalue.ISOText(-62167305600000))
	assert.Equal(t, "Fri, 31 Dec -0001 00:00:00 GMT", jsvalue.UTCText(-62167305600000))
}

func TestDateSetters(t *testing.T) {
	zone := newZone(t, "UTC")
	const ms = 1704164645678 // 2024-01-02T03:04:05.678Z
	tests := []struct {
		method string
		ms     float64
		given  []float64
		want   string
	}{
		{"setDate", ms, []float64{32}, "2024-02-01T03:04:05.678Z"},
		{"setMonth", ms, []float64{-1, 5, 9}, "2023-12-05T03:04:05.678Z"},
		{"setFullYear", math.NaN(), []float64{2020}, "2020-01-01T00:00:00.000Z"},
		{"setUTCHours", ms, []float64{0, 0, 0, 0}, "2024-01-02T00:00:00.000Z"},
		{"setMilliseconds", ms, []float64{1000}, "2024-01-02T03:04:06.000Z"},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, jsvalue.ISOText(jsvalue.DateSetters[test.method].Set(test.ms, zone, test.given)), test.method)
	}
	assert.True(t, math.IsNaN(jsvalue.DateSetters["setDate"].Set(math.NaN(), zone, []float64{1})))
	assert.True(t, math.IsNaN(jsvalue.DateSetters["setDate"].Set(ms, zone, []float64{math.Inf(1)})))
	assert.Equal(t, "1970-01-02T03:04:05.678Z", jsvalue.ISOText(jsvalue.SetYear(ms, zone, 70)))
	assert.Equal(t, "1999-01-01T00:00:00.000Z", jsvalue.ISOText(jsvalue.DateParts([]float64{99, 0})))
}

func TestZoneNames(t *testing.T) {
	id, loc, ok := jsvalue.FindZone("asia/kolkata")
	require.True(t, ok)
	assert.Equal(t, "Asia/Calcutta", id)
	assert.Equal(t, "Asia/Calcutta", jsvalue.ZoneID(loc))
	assert.Equal(t, "India Standard Time", jsvalue.ZoneName(id, loc, 0, "long"))
	assert.Equal(t, "GMT+5:30", jsvalue.ZoneName(id, loc, 0, "shortOffset"))
	assert.Equal(t, "+01:30", jsvalue.ZoneID(time.FixedZone("here", 5400)))
	_, _, ok = jsvalue.FindZone("Mars/Olympus")
	assert.False(t, ok)
}

func TestDateValue(t *testing.T) {
	date := &jsvalue.Date{Time: 0, Zone: time.UTC}
	assert.Equal(t, "Date", date.Class())
	text, err := date.Text()
	require.NoError(t, err)
	assert.Equal(t, "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", text)
	text, err = (&jsvalue.Date{Time: math.NaN()}).Text()
	require.NoError(t, err)
	assert.Equal(t, "Invalid Date", text)
	json, err := (&jsvalue.Date{Time: math.NaN()}).JSON()
	require.NoError(t, err)
	assert.Nil(t, json)
	json, err = date.JSON()
	require.NoError(t, err)
	assert.Equal(t, "1970-01-01T00:00:00.000Z", json)
	n, err := date.Number()
	require.NoError(t, err)
	assert.Zero(t, n)
	_, err = date.Property("getTime")
	assert.Equal(t, jsvalue.ExitPrototype, err)
	v, err := date.Property("plan")
	require.NoError(t, err)
	assert.Equal(t, jsvalue.Undefined, v)
}
