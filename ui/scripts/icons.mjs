// Gives each page its own icons. In one module all of them would come with the start, though most are for a page or two.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as icons from '@mdi/js'

const IMPORT = /\bimport\s*\{([^}]*)\}\s*from\s*["']@mdi\/js["'];?/g
const namesOf = (list) => list.split(',').flatMap((name) => name.trim() || [])

/** The icons that the modules below `folder` import. */
export function iconsBelow(folder) {
    const found = new Set()
    for (const path of readdirSync(folder, { recursive: true }).filter((path) => /\.(vue|ts)$/.test(path)))
        for (const [, list] of readFileSync(join(folder, path), 'utf8').matchAll(IMPORT))
            namesOf(list).forEach((name) => found.add(name))
    return found
}

/** A module with its icons as constants of its own, but for those that are `common` to all pages. */
export function withIcons(code, common) {
    return code.replace(IMPORT, (_, list) => {
        const names = namesOf(list)
        const own = names.filter((name) => name in icons && !common.has(name))
        const rest = names.filter((name) => !own.includes(name))
        return [
            rest.length > 0 ? `import { ${rest.join(', ')} } from '@mdi/js';` : '',
            ...own.map((name) => `const ${name} = ${JSON.stringify(icons[name])};`),
        ].join('')
    })
}

/** Does so in the build: what the frame and the shared components in `src` use is common to all pages. */
export function ownIcons(src) {
    const common = new Set(['app', 'shared'].flatMap((folder) => [...iconsBelow(join(src, folder))]))
    return {
        name: 'own-icons',
        apply: 'build',
        transform: (code, id) => (id.includes('/src/features/') ? withIcons(code, common) : null),
    }
}
