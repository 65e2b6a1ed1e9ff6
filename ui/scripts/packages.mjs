// The packages that the screens are built from, with their licences: a module for the page that names them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const NAME = 'virtual:packages'

/** Finds the folder of an installed package as Node would, from `from` upwards. */
function folderOf(name, from) {
    for (let folder = from; ; folder = dirname(folder)) {
        const candidate = join(folder, 'node_modules', name)
        if (existsSync(join(candidate, 'package.json'))) return candidate
        if (folder === dirname(folder)) return null
    }
}

const read = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

function textOf(folder) {
    const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(name))
    return file ? readFileSync(join(folder, file), 'utf8').trim() : ''
}

/** The production dependencies of the package in `root`, and theirs, by name. */
export function packagesOf(root) {
    const found = new Map()
    const visit = (folder) => {
        for (const name of Object.keys(read(folder).dependencies ?? {})) {
            const own = folderOf(name, folder)
            if (own === null || found.has(name)) continue
            const { version, license } = read(own)
            found.set(name, { name, version, licence: license?.type ?? license ?? '', text: textOf(own) })
            visit(own)
        }
    }
    visit(root)
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** Gives `virtual:packages` to the build. */
export function packages(root) {
    return {
        name: 'packages',
        resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
        load: (id) =>
            id === `\0${NAME}` ? `export const packages = ${JSON.stringify(packagesOf(root))}` : undefined,
    }
}
