// Makes src/backend/bindings.ts from the commands that the Rust side declares, or checks that it is what they make.
//
// The golden files hold the JSON schemas of every command, one file a noun; the Rust tests keep them true.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { fileURLToPath } from 'node:url'
import './problems.mjs'
import { comment, declaration, typeOf } from './schema.mjs'

const root = new URL('../../', import.meta.url)
const GOLDEN = ['crates/app/tests/golden/commands/', 'sync-server/tests/golden/office/']
const OUT = new URL('../src/backend/bindings.ts', import.meta.url)

/** The schema with references to names alone: whatever the file, one name means one shape. */
function withoutFiles(schema) {
    if (Array.isArray(schema)) return schema.map(withoutFiles)
    if (schema === null || typeof schema !== 'object') return schema
    const entries = Object.entries(schema).map(([key, value]) =>
        key === '$ref' ? [key, value.split('/').pop()] : [key, withoutFiles(value)],
    )
    return Object.fromEntries(entries)
}

/** The names that a schema refers to. */
function referred(schema) {
    if (schema === null || typeof schema !== 'object') return []
    return Object.entries(schema).flatMap(([key, value]) => (key === '$ref' ? [value] : referred(value)))
}

const shapes = new Map()
const commands = new Map()
for (const folder of GOLDEN.map((path) => new URL(path, root))) {
    for (const file of readdirSync(folder).sort()) {
        const { commands: listed = [], $defs = {} } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
        for (const [name, schema] of Object.entries($defs)) {
            const shape = withoutFiles(schema)
            if (shapes.has(name) && !isDeepStrictEqual(shapes.get(name), shape))
                throw new Error(`${name} is one shape in the app and another in the office`)
            shapes.set(name, shape)
        }
        // The office answers some of the tablet's commands itself, in the same shape.
        for (const command of listed)
            if (command.audience !== 'support' && !commands.has(command.name))
                commands.set(command.name, withoutFiles(command))
    }
}

const rows = [...commands.values()].map(
    ({ name, summary, arguments: taken, answer }) =>
        `${comment(summary, 1)}  '${name}': { arguments: ${typeOf(taken, 2)}; answer: ${typeOf(answer, 2)} }`,
)

/** The shapes that the commands use, each once, by name. */
const used = {}
const open = [...commands.values()].flatMap(({ arguments: taken, answer }) => [
    ...referred(taken),
    ...referred(answer),
])
for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name in used) continue
    used[name] = shapes.get(name)
    open.push(...referred(shapes.get(name)))
}
const interfaces = Object.keys(used)
    .sort()
    .filter((name) => used[name].properties)
const aliases = Object.keys(used)
    .sort()
    .filter((name) => !used[name].properties)
const text = `// Made by \`npm run bindings -w ui\` from the commands that the Rust side declares; do not edit.

/** Every command that a screen may call, with what it takes and gives. */
export interface Commands {
${rows.join('\n')}
}

${aliases.map((name) => declaration(name, used)).join('')}
${interfaces.map((name) => declaration(name, used)).join('\n')}`

if (process.argv.includes('--check')) {
    const old = existsSync(OUT) ? readFileSync(OUT, 'utf8') : ''
    if (old !== text) {
        console.error(`${fileURLToPath(OUT)} is not what the commands make; run: npm run bindings -w ui`)
        process.exit(1)
    }
} else {
    writeFileSync(OUT, text)
}
