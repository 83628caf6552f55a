// The objects of crypto are streams, too.
const crypto = require('crypto'), { pipeline, Readable } = require('stream');
const made = { hash: () => crypto.createHash('sha1'), hmac: () => crypto.createHmac('md5', 'k'), cipher: () => crypto.createCipheriv('aes-128-cbc', '0123456789abcdef', '0123456789abcdef'), sign: () => crypto.createSign('sha256'), verify: () => crypto.createVerify('sha256') };
for (const [name, make] of Object.entries(made)) {
  const updated = make();
  updated.update('x');
  updated.end();
  const written = make();
  written.write('x');
  written.end('y');
  console.log(name, updated.writableEnded, written.writableEnded);
}
const chunks = [], hash = made.hash();
hash.on('data', chunk => chunks.push(chunk.toString('hex'))).on('end', () => console.log('data', chunks));
hash.write('a');
hash.end();
const piped = made.cipher().setEncoding('hex');
pipeline(Readable.from(['a', 'b']), piped, e => console.log('piped', e, piped.read()));
