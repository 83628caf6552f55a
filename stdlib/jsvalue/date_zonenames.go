package jsvalue

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed date_zones.txt
var zoneTable string

// zoneNames is what one time zone is called in English.
type zoneNames struct {
	id       string
	std, dst string // long names that Date.prototype.toString uses, of today
	segments []zoneSegment
}

// zoneSegment holds the names from an instant on, by offset. An offset without
// a name is shown as GMT±h:mm.
type zoneSegment struct {
	from    int64 // seconds since the epoch
	offsets []int // seconds
	long    []string
	short   []string
}

type zoneDirectory struct {
	canonical map[string]string // lower-case name to ICU's canonical name
	zones     map[string]*zoneNames
}

// zones reads the table once. Its layout is described in stdlib/gojalib/testdata/zones.js.
var zones = sync.OnceValue(func() zoneDirectory {
	d := zoneDirectory{canonical: map[string]string{}, zones: map[string]*zoneNames{}}
	for line := range strings.Lines(zoneTable) {
		line = strings.TrimSuffix(line, "\n")
		if alias, id, ok := strings.Cut(line, "="); ok {
			d.canonical[strings.ToLower(alias)] = id
			continue
		}
		columns := strings.Split(line, "|")
		z := &zoneNames{id: columns[0], std: columns[1], dst: columns[2]}
		for _, column := range columns[3:] {
			z.segments = append(z.segments, parseZoneSegment(column))
		}
		d.canonical[strings.ToLower(z.id)] = z.id
		d.zones[z.id] = z
	}
	return d
})

func parseZoneSegment(text string) zoneSegment {
	from, rest, _ := strings.Cut(text, ";")
	seconds, _ := strconv.ParseInt(from, 10, 64)
	s := zoneSegment{from: seconds}
	for _, entry := range strings.Split(rest, ";") {
		cells := strings.Split(entry, ",")
		if len(cells) != 3 {
			continue // no names at all
		}
		offset, _ := strconv.Atoi(cells[0])
		s.offsets = append(s.offsets, offset)
		s.long = append(s.long, cells[1])
		s.short = append(s.short, cells[2])
	}
	return s
}

// FindZone returns ICU's canonical name for a time zone, in any case, and the
// zone's rules.
func FindZone(name string) (id string, loc *time.Location, ok bool) {
	id, ok = zones().canonical[strings.ToLower(name)]
	if !ok {
		return "", nil, false
	}
	loc, err := loadZone(id)
	return id, loc, err == nil
}

var loadedZones sync.Map // canonical name to *time.Location

func loadZone(id string) (*time.Location, error) {
	if id == "UTC" {
		return time.UTC, nil
	}
	if loc, ok := loadedZones.Load(id); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(id)
	if err == nil {
		loadedZones.Store(id, loc)
	}
	return loc, err
}

// ZoneID names a run's zone as resolvedOptions does: canonically, a fixed zone
// by its offset.
func ZoneID(loc *time.Location) string {
	if id, ok := zones().canonical[strings.ToLower(loc.String())]; ok {
		return id
	}
	_, offset := time.Unix(0, 0).In(loc).Zone()
	if offset == 0 {
		return "UTC"
	}
	return offsetText(offset, true)[len("GMT"):]
}

// ownName reports whether a zone has a long name of its own, which has no
// history, for an offset.
func ownName(id string, offset int) bool {
	return id == "UTC" || offset == 3600 && (id == "Europe/London" || id == "Europe/Dublin")
}

// lastNamed is the end of CLDR's history of zone names: 9999-12-31T23:59Z, in
// seconds.
const lastNamed = 253402300740

// ZoneName is the timeZoneName part of Intl.DateTimeFormat.
func ZoneName(id string, loc *time.Location, utcMs int64, style string) string {
	seconds := floorDiv(utcMs, MsPerSecond)
	_, offset := time.Unix(seconds, 0).In(loc).Zone()
	if (style == "long" || style == "short") && (seconds < lastNamed || ownName(id, offset)) {
		if z := zones().zones[id]; z != nil {
			long, short := z.at(seconds, offset)
			switch {
			case style == "long" && long != "":
				return long
			case style == "short" && short != "":
				return short
			}
		}
	}
	return offsetText(offset, strings.HasPrefix(style, "long"))
}

func (z *zoneNames) at(seconds int64, offset int) (long, short string) {
	i := len(z.segments) - 1
	for i > 0 && z.segments[i].from > seconds {
		i--
	}
	if j := slices.Index(z.segments[i].offsets, offset); j >= 0 {
		return z.segments[i].long[j], z.segments[i].short[j]
	}
	return "", ""
}

// offsetText is GMT+5:30 or in the long form GMT+05:30; seconds are shown where
// a zone had them.
func offsetText(offset int, long bool) string {
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	hour, minute, second := offset/3600, offset/60%60, offset%60
	text := fmt.Sprintf("GMT%c%d", sign, hour)
	if long {
		text = fmt.Sprintf("GMT%c%02d", sign, hour)
	}
	if long || minute != 0 || second != 0 {
		text += fmt.Sprintf(":%02d", minute)
	}
	if second != 0 {
		text += fmt.Sprintf(":%02d", second)
	}
	return text
}

// negativeDST lists zones whose legal standard time is the summer one, or the
// other way round: Go's data says so, ICU calls the later clock daylight time.
var negativeDST = map[string]struct {
	from, until int64 // seconds since the epoch
	standard    int   // ICU's standard offset
}{
	"Europe/Dublin":     {57722400, 1 << 60, 0},
	"Africa/Casablanca": {1540692000, 1 << 60, 3600},
	"Africa/El_Aaiun":   {1540692000, 1 << 60, 3600},
	"Africa/Windhoek":   {764200800, 1508803200, 3600},
}

// zoneToday is the name that Date.prototype.toString appends: V8 asks for the
// zone's present name, whatever the date, and only summer or winter follow it.
// Outside 1970 to 2038 it takes those from an equivalent year.
func zoneToday(loc *time.Location, utcMs int64) string {
	if loc == time.UTC {
		return "Coordinated Universal Time" // without reading the table
	}
	z := zones().zones[ZoneID(loc)]
	if z == nil {
		_, offset := time.Unix(floorDiv(utcMs, MsPerSecond), 0).In(loc).Zone()
		return offsetText(offset, true)
	}
	if utcMs < 0 || utcMs > math.MaxInt32*MsPerSecond {
		utcMs = equivalentTime(utcMs)
	}
	at := time.Unix(utcMs/MsPerSecond, 0).In(loc)
	summer := at.IsDST()
	if n, ok := negativeDST[z.id]; ok && at.Unix() >= n.from && at.Unix() < n.until {
		_, offset := at.Zone()
		summer = offset != n.standard
	}
	if summer {
		return z.dst
	}
	return z.std
}

// equivalentTime moves an instant to a year from 2008 to 2037 that begins on
// the same weekday and is as long.
func equivalentTime(utcMs int64) int64 {
	f := SplitTime(utcMs)
	year := int64(f.Year)
	leap := year%4 == 0 && (year%100 != 0 || year%400 == 0)
	weekday := ((daysFromCivil(year, 1, 1)+4)%7 + 7) % 7
	recent := 1967 + weekday*12%28
	if leap {
		recent = 1956 + weekday*12%28
	}
	year = 2008 + (recent+3*28-2008)%28
	return daysFromCivil(year, int64(f.Month)+1, int64(f.Day))*MsPerDay + f.TimeInDayMs
}
