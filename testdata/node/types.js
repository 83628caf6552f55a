'use strict';

// types takes the types out of a TypeScript rule. Node 20 cannot, so a command
// that does, from standard input to standard output, must be in the variable
// TYPES, for example an esbuild with --loader=ts --target=es2022.

const { execSync } = require('node:child_process');

function withoutTypes(code) {
  if (!process.env.TYPES) throw new Error('a rule in TypeScript needs the variable TYPES, see types.js');
  const out = execSync(process.env.TYPES, { input: `(${code}\n)`, encoding: 'utf8' });
  return out.trim().replace(/;$/, '');
}

module.exports = { withoutTypes };
