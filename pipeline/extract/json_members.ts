import { JsonSyntaxError } from './json_walk.ts';

const scalar = /true|false|null|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /[ \t\r\n]*/y;

/**
 * Gives the members of a JSON object as text: strings decoded, numbers with the digits they are written in, what is nested as JSON;
 * null, NaN and infinities as ''. Errors: JsonSyntaxError, also for anything but an object.
 */
export function parseMembers(text: string): [key: string, value: string][] {
  let at = skip(text, 0);
  if (text[at] !== '{') throw new JsonSyntaxError('not an object');
  const members: [string, string][] = [];
  at = skip(text, at + 1);
  while (text[at] !== '}') {
    const keyEnd = stringEnd(text, at);
    const colon = skip(text, keyEnd);
    if (text[colon] !== ':') throw new JsonSyntaxError(`no colon behind the name at character ${at + 1}`);
    const from = skip(text, colon + 1);
    const to = valueEnd(text, from);
    members.push([String(parse(text.slice(at, keyEnd))), valueText(text.slice(from, to))]);
    at = skip(text, to);
    if (text[at] === ',') at = skip(text, at + 1);
    else if (text[at] !== '}')
      throw new JsonSyntaxError(`neither comma nor end behind the value at character ${from + 1}`);
  }
  if (skip(text, at + 1) < text.length) throw new JsonSyntaxError('more than one value');
  return members;
}

function valueText(json: string): string {
  const first = json[0];
  if (first === '"') return String(parse(json));
  if (first === '{' || first === '[') {
    parse(json);
    return json;
  }
  return json === 'null' || json === 'NaN' || json.endsWith('Infinity') ? '' : json;
}

function valueEnd(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return stringEnd(text, from);
  if (first === '{' || first === '[') return nestedEnd(text, from);
  scalar.lastIndex = from;
  if (!scalar.test(text)) throw new JsonSyntaxError(`no value at character ${from + 1}`);
  return scalar.lastIndex;
}

function nestedEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at) - 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new JsonSyntaxError('it ends inside a nested value');
}

function stringEnd(text: string, from: number): number {
  if (text[from] !== '"') throw new JsonSyntaxError(`no name in quotes at character ${from + 1}`);
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  throw new JsonSyntaxError('it ends inside a text');
}

function skip(text: string, from: number): number {
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new JsonSyntaxError(`no JSON inside ${json.slice(0, 1) === '"' ? 'a text' : 'a nested value'}`, { cause });
  }
}
