package jsvalue

// The time zone database travels with the program: a container without
// /usr/share/zoneinfo knows the same zones.
import _ "time/tzdata"
