package jsvalue

import (
	"math"
	"time"
)

// Zone turns instants into local time and back for one run. Its zero value
// is not useful; it is immutable.
type Zone struct {
	loc *time.Location
	utc bool // offset is always 0
}

// NewZone makes the Zone of a location.
func NewZone(loc *time.Location) Zone {
	return Zone{loc: loc, utc: loc == time.UTC}
}

// OffsetMs is the zone's distance from UTC at an instant, in milliseconds, east
// of Greenwich positive.
func (z Zone) OffsetMs(utcMs int64) int64 {
	if z.utc {
		return 0
	}
	_, seconds := time.Unix(floorDiv(utcMs, MsPerSecond), 0).In(z.loc).Zone()
	return int64(seconds) * MsPerSecond
}

// Local splits an instant into the zone's calendar fields.
func (z Zone) Local(utcMs int64) Fields {
	return SplitTime(utcMs + z.OffsetMs(utcMs))
}

// ToUTC is ECMA-262 UTC(t): the instant at which the zone's clocks show
// localMs. Of an hour that occurs twice it takes the first; in a gap it counts
// with the offset before the gap, so that 02:30 becomes 03:30 in spring.
func (z Zone) ToUTC(localMs float64) float64 {
	// Beyond these bounds no offset brings the time back into range.
	if math.IsNaN(localMs) || math.Abs(localMs) > maxTimeMs+31*MsPerDay {
		return math.NaN()
	}
	if z.utc {
		return localMs
	}
	// No zone was ever more than 16 hours from UTC, so the offsets a day
	// earlier and later are those around any change of the clocks.
	local := int64(localMs)
	before, after := z.OffsetMs(local-MsPerDay), z.OffsetMs(local+MsPerDay)
	for _, offset := range [2]int64{before, after} {
		if z.OffsetMs(local-offset) == offset {
			return float64(local - offset)
		}
	}
	return float64(local - before)
}
