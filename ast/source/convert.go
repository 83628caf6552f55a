package source

// Positions of foreign tools, each taken to ours here and nowhere else. A rule is
// handed to a tool inside a wrapper ("(" + rule + "\n)"): prefix is the number
// of bytes the wrapper puts before the rule's text (without its byte order
// mark), all of them on the tool's first line.

// FromEsbuild converts esbuild's api.Location: 1-based line, 0-based column in
// bytes, length in bytes. A location before or behind the rule's text answers
// the nearest place in it.
func (f *File) FromEsbuild(line, column, length, prefix int) Span {
	if line == 1 {
		column -= prefix
	}
	start := f.At(line, column+1)
	return f.Span(start.Offset, min(start.Offset+max(length, 0), len(f.Text)))
}

// FromGojaIdx converts goja's file.Idx: 1-based byte offset into the wrapped
// text.
func (f *File) FromGojaIdx(idx, prefix int) Pos {
	return f.Pos(idx - 1 - prefix + f.BOM())
}

// FromGoja converts goja's file.Position: 1-based line and 1-based column. The
// parser counts the column in bytes, as its runtime stack frames do.
func (f *File) FromGoja(line, column, prefix int) Pos {
	if line == 1 {
		column -= prefix
	}
	return f.At(line, column)
}

// FromCodePoints converts a 1-based line and a 0-based column in code points, as
// expr and cel give it.
func (f *File) FromCodePoints(line, column int) Pos {
	return f.At(line, runeOffset(f.Line(line), column)+1)
}

// FromUTF16 converts a 0-based line and a 0-based column in UTF-16 units, as
// source maps give it.
func (f *File) FromUTF16(line, column int) Pos {
	return f.At(line+1, utf16Offset(f.Line(line+1), column)+1)
}
