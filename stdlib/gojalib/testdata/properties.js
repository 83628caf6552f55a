// Writes mended_properties.txt: the code points of each Unicode property that a
// regular expression of Node 20 knows. One property a line: its name, then the
// ranges as pairs "gap.length" in base 36, counted from the end of the last one.
//
//	node testdata/properties.js > mended_properties.txt
'use strict';
const categories = 'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co Cn'.split(' ');
const binary = `ASCII_Hex_Digit Alphabetic Bidi_Control Bidi_Mirrored Case_Ignorable Cased Changes_When_Casefolded Changes_When_Casemapped Changes_When_Lowercased
Changes_When_NFKC_Casefolded Changes_When_Titlecased Changes_When_Uppercased Dash Default_Ignorable_Code_Point Deprecated Diacritic Emoji Emoji_Component Emoji_Modifier
Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic Extender Grapheme_Base Grapheme_Extend Hex_Digit IDS_Binary_Operator IDS_Trinary_Operator ID_Continue ID_Start
Ideographic Join_Control Logical_Order_Exception Lowercase Math Noncharacter_Code_Point Pattern_Syntax Pattern_White_Space Quotation_Mark Radical Regional_Indicator
Sentence_Terminal Soft_Dotted Terminal_Punctuation Unified_Ideograph Uppercase Variation_Selector White_Space XID_Continue XID_Start`.split(/\s+/);
const scripts = `Adlm Arab Armn Beng Bopo Brai Cans Cher Copt Cyrl Deva Ethi Geor Goth Grek Gujr Guru Hang Hani Hebr Hira Kana Khmr Knda Laoo Latn Limb Lisu Mlym Mong Mymr Nkoo
Ogam Orya Runr Sinh Syrc Tale Taml Telu Tfng Tglg Thaa Thai Tibt Vaii Yiii Zinh Zyyy`.split(/\s+/);
const points = [];
function ranges(re) {
  const out = [];
  let last = 0, from = -1;
  for (let c = 0; c <= 0x110000; c++) {
    const hit = c < 0x110000 && re.test(String.fromCodePoint(c));
    if (hit && from < 0) from = c;
    if (!hit && from >= 0) { out.push((from - last).toString(36) + '.' + (c - from).toString(36)); last = c; from = -1; }
  }
  return out.join(' ');
}
for (const name of categories) console.log(`gc=${name} ${ranges(new RegExp(`^\\p{${name}}$`, 'u'))}`);
for (const name of binary) console.log(`${name} ${ranges(new RegExp(`^\\p{${name}}$`, 'u'))}`);
for (const name of scripts) {
  let re;
  try { re = new RegExp(`^\\p{sc=${name}}$`, 'u'); } catch { continue; }
  console.log(`sc=${name} ${ranges(re)}`);
  console.log(`scx=${name} ${ranges(new RegExp(`^\\p{scx=${name}}$`, 'u'))}`);
}
