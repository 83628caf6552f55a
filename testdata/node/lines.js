'use strict';

// lines yields the lines of a stream that hold more than space.
async function* lines(stream) {
  stream.setEncoding('utf8');
  let parts = [];
  for await (const chunk of stream) {
    const pieces = chunk.split('\n');
    parts.push(pieces[0]);
    for (let i = 1; i < pieces.length; i++) {
      const line = parts.join('');
      if (line.trim() !== '') yield line;
      parts = [pieces[i]];
    }
  }
  const line = parts.join('');
  if (line.trim() !== '') yield line;
}

module.exports = { lines };
