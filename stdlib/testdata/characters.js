// Maps characters in several ways, alone and between others.
function characters(from, to) {
  const out = [];
  for (let c = from; c < to; c++) {
    if (c >= 0xd800 && c < 0xe000) continue;
    const s = String.fromCodePoint(c);
    out.push([
      s.toLowerCase(), s.toUpperCase(), s.normalize('NFC'), s.normalize('NFD'), s.normalize('NFKC'), s.normalize('NFKD'),
      ('A' + s + 'Σ').toLowerCase(), ('AΣ' + s + 'b').toLowerCase(), ('x' + s + '\u0301').toUpperCase(), ('e' + s + '\u0301').normalize(), s.trim(),
    ]);
  }
  return out;
}
