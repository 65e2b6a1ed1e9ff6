// Makes the union of all problems, and their sentences in both languages, from the table that the Rust side holds; or checks that
// both are what it makes.
import { readFileSync, writeFileSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TABLE = new URL('../../crates/wire/tests/golden/problems.json', import.meta.url)
const TYPE = new URL('../src/backend/problems.ts', import.meta.url)
const TEXTS = new URL('../src/shared/format/problem.i18n.json', import.meta.url)

const table = Object.entries(JSON.parse(readFileSync(TABLE, 'utf8')))
const made = 'Made by `npm run bindings -w ui` from the problems that the Rust side tells of; do not edit.'
const type = `// ${made}

/** What the Rust side may refuse something with, by its stable name. */
export type ProblemType =
${table.map(([slug]) => `  | '${slug}'`).join('\n')}
`
const texts = (language) => ({
    problem: Object.fromEntries(
        table.map(([slug, sentences]) => [slug.replaceAll('-', '_'), sentences[language]]),
    ),
})
const files = [
    [TYPE, type],
    [TEXTS, `${JSON.stringify({ zh: texts('zh'), en: texts('en') }, null, 2)}\n`],
]
for (const [path, text] of files) {
    if (!process.argv.includes('--check')) writeFileSync(path, text)
    else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
        console.error(`${fileURLToPath(path)} is not what the problems make; run: npm run bindings -w ui`)
        process.exitCode = 1
    }
}
