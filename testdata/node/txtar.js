'use strict';

// txtar reads and writes the archive format of Go's txtar package: a comment,
// then files that each begin with a line `-- name --`.

const marker = /^-- (.+) --$/;

function read(text) {
  const archive = { comment: '', files: [] };
  let current = null;
  for (const line of text.split(/(?<=\n)/)) {
    const hit = marker.exec(line.replace(/\r?\n$/, ''));
    if (hit) {
      current = { name: hit[1].trim(), data: '' };
      archive.files.push(current);
    } else if (current) {
      current.data += line;
    } else {
      archive.comment += line;
    }
  }
  return archive;
}

function write({ comment, files }) {
  const ended = (text) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
  return ended(comment) + files.map(({ name, data }) => `-- ${name} --\n${ended(data)}`).join('');
}

module.exports = { read, write };
