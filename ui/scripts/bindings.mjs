// Makes src/backend/bindings.ts from the commands that the Rust side declares, or checks that it is what they make.
//
// The golden files hold the JSON schemas of every command; the Rust tests keep them true.
import { readFileSync, writeFileSync, existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { fileURLToPath } from 'node:url'
import { compile } from 'json-schema-to-typescript'

const root = new URL('../../', import.meta.url)
const GOLDEN = ['crates/app/tests/golden/commands.json', 'sync-server/tests/golden/office-commands.json']
const OUT = new URL('../src/backend/bindings.ts', import.meta.url)

/** Every named type, by name; two types of one name must be the same type. */
const types = {}

function define(name, schema, owner) {
    const known = types[name]
    if (known === undefined) types[name] = schema
    else if (!isDeepStrictEqual(known, schema)) return define(`${owner}${name}`, schema, owner)
    return name
}

const pascal = (name) => name.replace(/(^|[._])(\w)/g, (_, __, letter) => letter.toUpperCase())

/** Fields of which nothing is said but words hold any value, which the generator takes for an object. */
function withUnknowns(fields) {
    const isAny = (field) => Object.keys(field).every((key) => key === 'description')
    const entries = Object.entries(fields)
    return Object.fromEntries(
        entries.map(([name, field]) => [name, isAny(field) ? { ...field, tsType: 'unknown' } : field]),
    )
}

/** Points the references of `schema` at the names that its own definitions got. */
function withNames(schema, names) {
    if (Array.isArray(schema)) return schema.map((one) => withNames(one, names))
    if (schema === null || typeof schema !== 'object') return schema
    const entries = Object.entries(schema).map(([key, value]) => {
        if (key === '$ref') return [key, `#/$defs/${names[value.split('/').pop()]}`]
        if (key === 'properties') return [key, withUnknowns(withNames(value, names))]
        return [key, withNames(value, names)]
    })
    const { $ref, ...beside } = Object.fromEntries(entries)
    if ($ref === undefined) return beside
    // Words beside a reference would make a second type of the same name.
    return Object.keys(beside).length === 0 ? { $ref } : { ...beside, allOf: [{ $ref }] }
}

/** A named type for one side of a command, and the types that it uses. */
function take(schema, owner, side) {
    const { $defs = {}, title, ...rest } = schema
    delete rest.$schema
    const names = Object.fromEntries(Object.keys($defs).map((name) => [name, name]))
    // A type that another command has under the same name is named after this one.
    for (const [name, body] of Object.entries($defs)) {
        if (types[name] && !isDeepStrictEqual(types[name], withNames(body, names)))
            names[name] = `${owner}${name}`
    }
    for (const [name, body] of Object.entries($defs)) define(names[name], withNames(body, names), owner)
    const body = withNames(rest, names)
    if (side === 'Arguments') return define(`${owner}Arguments`, body, owner)
    return define(title ?? `${owner}Answer`, body, owner)
}

const commands = GOLDEN.map((path) => new URL(path, root))
    .filter((path) => existsSync(path))
    .flatMap((path) => JSON.parse(readFileSync(path, 'utf8')).commands)
    .filter((command) => command.audience !== 'support')
const seen = new Set()
const rows = []
for (const { name, summary, arguments: input, answer } of commands) {
    // The office answers some of the tablet's commands itself, in the same shape.
    if (seen.has(name)) continue
    seen.add(name)
    const owner = pascal(name)
    rows.push({
        name,
        summary,
        input: take(input, owner, 'Arguments'),
        answer: take(answer, owner, 'Answer'),
    })
}

/** The generator notes where each type came from, which here is always the same place. */
function withoutOrigins(code) {
    return code
        .replace(/export interface Unused \{\s*\}\n*/, '')
        .replace(/\/\*\*\n \* This interface was referenced by .*\n \* via the `definition` .*\n \*\/\n/g, '')
        .replace(/ \* ?\n \* This interface was referenced by .*\n \* via the `definition` .*\n/g, '')
        .replace(/[ \t]+$/gm, '')
        .trim()
}

const body = await compile({ $defs: types, type: 'object', additionalProperties: false }, 'Unused', {
    additionalProperties: false,
    bannerComment: '',
    unreachableDefinitions: true,
    unknownAny: true,
    format: false,
})
const table = rows
    .map(
        ({ name, summary, input, answer }) =>
            `  /** ${summary} */\n  '${name}': { arguments: ${input}; answer: ${answer} }`,
    )
    .join('\n')
const text = `// Made by \`npm run bindings -w ui\` from the commands that the Rust side declares; do not edit.

/** Every command that a screen may call, with what it takes and gives. */
export interface Commands {
${table}
}

${withoutOrigins(body)}
`

if (process.argv.includes('--check')) {
    const old = existsSync(OUT) ? readFileSync(OUT, 'utf8') : ''
    if (old !== text) {
        console.error(`${fileURLToPath(OUT)} is not what the commands make; run: npm run bindings -w ui`)
        process.exit(1)
    }
} else {
    writeFileSync(OUT, text)
}
