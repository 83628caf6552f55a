'use strict';

// folder reads the folders of testdata/pipelines as jobs: the two JSON layouts
// and the small part of YAML that they use. It reports no mistakes of a folder;
// that is the product's work.

const fs = require('node:fs');
const path = require('node:path');
const { withoutTypes } = require('./types.js');

// load answers { rules, configuration } with the enabled rules in order.
function load(dir) {
  const { mappings, excluded } = settings(dir);
  const read = (...name) => replace(fs.readFileSync(path.join(dir, ...name), 'utf8'), mappings);
  const yaml = fs.readdirSync(dir).find((name) => /\.ya?ml$/.test(name));
  const { rules, configuration } = yaml ? fromYAML(read(yaml)) : fromJSON(dir, read);
  return {
    configuration,
    rules: rules
      .filter((rule) => rule.enabled !== false && !excluded.includes(rule.name))
      .sort((a, b) => (a.order || 0) - (b.order || 0) || (a.name < b.name ? -1 : 1))
      .map((rule) => {
        const code = read(rule.script);
        return { name: rule.name, code: rule.script.endsWith('.ts') ? withoutTypes(code) : code };
      }),
  };
}

function settings(dir) {
  const file = path.join(dir, 'config.json');
  const config = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  return { mappings: config.AUTH0_KEYWORD_REPLACE_MAPPINGS || {}, excluded: config.AUTH0_EXCLUDED_RULES || [] };
}

// replace puts mappings in: first @@KEY@@ as JSON, without quotes around the
// marker, then ##KEY## as text.
function replace(text, mappings) {
  let out = text;
  for (const [key, value] of Object.entries(mappings)) {
    out = out.replace(new RegExp(`(['"]?)@@${key}@@\\1`, 'g'), () => JSON.stringify(value));
  }
  for (const [key, value] of Object.entries(mappings)) {
    out = out.replaceAll(`##${key}##`, () => String(value));
  }
  return out;
}

// fromJSON reads rules/ and rules-configs/, with scripts named by the JSON file
// (deploy CLI) or by the script's own name (deploy extensions).
function fromJSON(dir, read) {
  const list = (name) => (fs.existsSync(path.join(dir, name)) ? fs.readdirSync(path.join(dir, name)) : []);
  const names = list('rules');
  const metadata = new Map(names.filter((name) => name.endsWith('.json'))
    .map((name) => [name.replace(/\.json$/, ''), JSON.parse(read('rules', name))]));
  const named = [...metadata.values()].filter((rule) => rule.script);
  const rules = named.length > 0
    ? named.map((rule) => ({ ...rule, script: path.join('rules', rule.script) }))
    : names.filter((name) => /\.(js|ts)$/.test(name)).map((name) => {
      const base = name.replace(/\.(js|ts)$/, '');
      return { ...metadata.get(base), name: base, script: path.join('rules', name) };
    });
  const configuration = {};
  for (const name of list('rules-configs')) {
    const { key = name.replace(/\.json$/, ''), value } = JSON.parse(read('rules-configs', name));
    if (value !== undefined) configuration[key] = value;
  }
  return { rules, configuration };
}

// fromYAML reads two lists of flat objects, rules and rulesConfigs.
function fromYAML(text) {
  const lists = {};
  let list = null;
  for (const line of text.split('\n')) {
    const section = /^(\w+):\s*$/.exec(line);
    const entry = /^\s+(-\s+)?(\w+):\s*(.*?)\s*$/.exec(line);
    if (section) {
      list = lists[section[1]] = [];
    } else if (entry && list) {
      if (entry[1]) list.push({});
      list[list.length - 1][entry[2]] = scalar(entry[3]);
    }
  }
  const configuration = {};
  for (const { key, value } of lists.rulesConfigs || []) configuration[key] = value;
  return { rules: lists.rules || [], configuration };
}

function scalar(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

module.exports = { load };
