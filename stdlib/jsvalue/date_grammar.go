package jsvalue

// dateParser collects the parts of a date while it reads tokens.
type dateParser struct {
	scan dateScanner

	day        []int // at most 3 numbers
	namedMonth int   // 1 to 12, 0 when no word named one
	iso        bool  // the order of day is year, month, day

	clock      []int // at most 4 numbers: hour, minute, second, millisecond
	halfOffset int   // hours that am (0) or pm (12) adds, -1 when absent

	zoneSign                int // 0 when the text has no zone
	zoneHour, zoneMinute    int
	hasZoneHour, hasZoneMin bool
}

// parse reads the whole text. Day is year, month from 0, day of the month; clock
// is hour, minute, second, millisecond; offset is in seconds east of UTC, nil
// when the time is local.
func (p *dateParser) parse() (day [3]int, clock [4]int, offset *int, ok bool) {
	p.halfOffset = -1
	token := p.isoDate()
	if token.kind == tokenRefused || !p.legacy(token) {
		return day, clock, nil, false
	}
	day, ok = p.writeDay()
	if !ok {
		return day, clock, nil, false
	}
	clock, ok = p.writeClock()
	if !ok {
		return day, clock, nil, false
	}
	if p.zoneSign != 0 {
		seconds := p.zoneSign * (p.zoneHour*3600 + p.zoneMinute*60)
		offset = &seconds
	}
	return day, clock, offset, true
}

// isoDate reads ECMA-262's date-time string format. It returns the end token
// when the whole text has that form, a refused token when the text cannot be a
// date, and otherwise the token with which the legacy grammar goes on; what was
// read up to there stays read.
func (p *dateParser) isoDate() dateToken {
	s := &p.scan
	switch {
	case s.peek.isSign():
		sign := s.next()
		if !s.peek.digits(6) {
			return sign
		}
		year := s.next().number
		if sign.sign() < 0 && year == 0 {
			return sign
		}
		p.addDay(sign.sign() * year)
	case s.peek.digits(4):
		p.addDay(s.next().number)
	default:
		return s.next()
	}

	if s.skip('-') {
		if !s.peek.digits(2) || !s.peek.between(1, 12) {
			return s.next()
		}
		p.addDay(s.next().number)
		if s.skip('-') {
			if !s.peek.digits(2) || !s.peek.between(1, 31) {
				return s.next()
			}
			p.addDay(s.next().number)
		}
	}

	if s.peek.isWord(wordT) {
		s.next()
		if !p.isoTime() {
			return dateToken{kind: tokenRefused}
		}
	} else if s.peek.kind != tokenEnd {
		return s.next()
	}
	if p.zoneSign == 0 && len(p.clock) == 0 {
		p.setZone(0) // a date without a time is UTC
	}
	p.iso = true
	return dateToken{kind: tokenEnd}
}

// isoTime reads what follows the T: HH:mm, :ss, .sss, Z or ±HH:mm.
func (p *dateParser) isoTime() bool {
	s := &p.scan
	if !s.peek.digits(2) || !s.peek.between(0, 24) {
		return false
	}
	max := 59
	if s.peek.number == 24 {
		max = 0 // midnight may be called 24:00, nothing later
	}
	p.addClock(s.next().number)
	if !s.skip(':') || !s.peek.digits(2) || !s.peek.between(0, max) {
		return false
	}
	p.addClock(s.next().number)
	if s.skip(':') {
		if !s.peek.digits(2) || !s.peek.between(0, max) {
			return false
		}
		p.addClock(s.next().number)
		if s.skip('.') {
			if s.peek.kind != tokenNumber || (max == 0 && s.peek.number > 0) {
				return false
			}
			p.addClock(milliseconds(s.next()))
		}
	}
	switch {
	case s.peek.isZ():
		s.next()
		p.setZone(0)
	case s.peek.isSign():
		if !p.isoOffset() {
			return false
		}
	}
	return s.peek.kind == tokenEnd
}

func (p *dateParser) isoOffset() bool {
	s := &p.scan
	p.zoneSign = s.next().sign()
	var hour, minute int
	if s.peek.digits(4) {
		n := s.next().number
		hour, minute = n/100, n%100
	} else {
		if !s.peek.digits(2) {
			return false
		}
		hour = s.next().number
		if !s.skip(':') || !s.peek.digits(2) {
			return false
		}
		minute = s.next().number
	}
	p.setZoneHour(hour)
	p.setZoneMinute(minute)
	return hour <= 23 && minute <= 59
}

// legacy reads the rest of the text by V8's lenient grammar.
func (p *dateParser) legacy(token dateToken) bool {
	s := &p.scan
	hasNumber := len(p.day) > 0
	for ; token.kind != tokenEnd; token = s.next() {
		switch {
		case token.kind == tokenNumber:
			hasNumber = true
			if !p.legacyNumber(token.number) {
				return false
			}
		case token.kind == tokenWord:
			switch {
			case token.word == wordHalf && len(p.clock) > 0:
				p.halfOffset = token.number
			case token.word == wordMonth:
				p.namedMonth = token.number
				s.skip('-')
			case token.word == wordZone && hasNumber:
				p.setZone(token.number)
			case hasNumber || s.peek.kind == tokenNumber:
				// An unknown word must stand before the first number, apart from it.
				return false
			}
		case token.isSign() && (p.zoneIsUTC() || len(p.clock) > 0):
			hasNumber = true
			if !p.legacyOffset(token) {
				return false
			}
		case (token.isSign() || token.is(')')) && hasNumber:
			return false
		}
	}
	return true
}

func (p *dateParser) legacyNumber(n int) bool {
	s := &p.scan
	switch {
	case s.skip(':'):
		if s.skip(':') { // "n::" has no minutes
			return len(p.clock) == 0 && p.addClock(n) && p.addClock(0)
		}
		if !p.addClock(n) {
			return false
		}
		s.skip('.')
	case s.peek.is('.') && s.skip('.') && p.clockExpects(n):
		p.addClock(n)
		if s.peek.kind != tokenNumber {
			return false
		}
		p.finishClock(milliseconds(s.next()))
	case p.hasZoneHour && !p.hasZoneMin && n <= 59:
		p.setZoneMinute(n)
	case p.clockExpects(n):
		p.finishClock(n)
		return s.peek.kind == tokenEnd || s.peek.kind == tokenSpace || s.peek.isZ() || s.peek.isSign()
	default:
		if !p.addDay(n) {
			return false
		}
		s.skip('-')
	}
	return true
}

// legacyOffset reads the number after a sign: 8, 08, 800, 0800 or 08:00.
func (p *dateParser) legacyOffset(sign dateToken) bool {
	s := &p.scan
	p.zoneSign = sign.sign()
	number := dateToken{}
	if s.peek.kind == tokenNumber {
		number = s.next()
	}
	switch {
	case s.peek.is(':'):
		p.setZoneHour(number.number)
		p.zoneMinute, p.hasZoneMin = 0, false
	case number.length == 1 || number.length == 2:
		p.setZoneHour(number.number)
		p.setZoneMinute(0)
	case number.length == 3 || number.length == 4:
		p.setZoneHour(number.number / 100)
		p.setZoneMinute(number.number % 100)
	default:
		return false
	}
	return true
}

func (p *dateParser) addDay(n int) bool {
	if len(p.day) == 3 {
		return false
	}
	p.day = append(p.day, n)
	return true
}

func (p *dateParser) addClock(n int) bool {
	if len(p.clock) == 4 {
		return false
	}
	p.clock = append(p.clock, n)
	return true
}

// finishClock adds the last number that the text has for the time.
func (p *dateParser) finishClock(n int) {
	p.addClock(n)
	for p.addClock(0) {
	}
}

// clockExpects reports whether n may be the next part of a begun time.
func (p *dateParser) clockExpects(n int) bool {
	switch len(p.clock) {
	case 1, 2:
		return n <= 59
	case 3:
		return n <= 999
	}
	return false
}

func (p *dateParser) setZone(hours int) {
	p.zoneSign = 1
	if hours < 0 {
		p.zoneSign = -1
	}
	p.setZoneHour(hours * p.zoneSign)
	p.setZoneMinute(0)
}

func (p *dateParser) setZoneHour(n int)   { p.zoneHour, p.hasZoneHour = n, true }
func (p *dateParser) setZoneMinute(n int) { p.zoneMinute, p.hasZoneMin = n, true }

func (p *dateParser) zoneIsUTC() bool {
	return p.hasZoneHour && p.hasZoneMin && p.zoneHour == 0 && p.zoneMinute == 0
}

// writeDay finds out which number is the year: 1/2/2024, 2024/1/2, Jan 2 2024,
// 2 Jan 2024, 2024 Jan 2. Years below 50 are in this century, the others of two
// digits in the last one, unless the text is an ISO date.
func (p *dateParser) writeDay() (day [3]int, ok bool) {
	if len(p.day) == 0 {
		return day, false
	}
	var n [3]int
	for i := range n {
		n[i] = 1
		if i < len(p.day) {
			n[i] = p.day[i]
		}
	}
	isDay := func(n int) bool { return n >= 1 && n <= 31 }
	var year, month, date int
	switch {
	case p.namedMonth != 0 && !isDay(n[0]):
		year, month, date = n[0], p.namedMonth, n[1]
	case p.namedMonth != 0:
		year, month, date = n[1], p.namedMonth, n[0]
	case p.iso || !isDay(n[0]):
		year, month, date = n[0], n[1], n[2]
	default:
		year, month, date = n[2], n[0], n[1]
	}
	if !p.iso && year >= 0 && year <= 49 {
		year += 2000
	} else if !p.iso && year >= 50 && year <= 99 {
		year += 1900
	}
	return [3]int{year, month - 1, date}, month >= 1 && month <= 12 && isDay(date)
}

func (p *dateParser) writeClock() (clock [4]int, ok bool) {
	copy(clock[:], p.clock)
	if p.halfOffset >= 0 {
		if clock[0] > 12 {
			return clock, false
		}
		clock[0] = clock[0]%12 + p.halfOffset
	}
	if clock == [4]int{24} {
		return clock, true
	}
	return clock, clock[0] <= 23 && clock[1] <= 59 && clock[2] <= 59 && clock[3] <= 999
}

// milliseconds reads a number after a point as a fraction of a second.
func milliseconds(t dateToken) int {
	n, length := t.number, t.length
	for ; length < 3; length++ {
		n *= 10
	}
	for length = min(length, maxDateDigits); length > 3; length-- {
		n /= 10
	}
	return n
}
