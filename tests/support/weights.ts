/** What a browser loads, from the manifest of the build. */
import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  isEntry?: boolean
}

/** The packed bytes of scripts and styles: at the start, and what each route adds, the heaviest first. */
export function weights(): [route: string, bytes: number][] {
  const dist = join(import.meta.dirname, '../../ui/dist')
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >
  const packed = (path: string) => gzipSync(readFileSync(join(dist, path))).length
  const sum = (files: Iterable<string>) => [...files].reduce((total, path) => total + packed(path), 0)
  function filesOf(key: string, seen = new Set<string>()): Set<string> {
    const chunk = manifest[key]
    if (!chunk || seen.has(chunk.file)) return seen
    seen.add(chunk.file)
    chunk.css?.forEach((css) => seen.add(css))
    chunk.imports?.forEach((one) => filesOf(one, seen))
    return seen
  }
  const start = filesOf(Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? '')
  const routes = Object.keys(manifest)
    .filter((key) => key.endsWith('Page.vue'))
    .map((key): [string, number] => [
      key.replace(/^src\/features\//, '').replace(/\.vue$/, ''),
      sum([...filesOf(key)].filter((path) => !start.has(path))),
    ])
  return [['at the start, for every route', sum(start)], ...routes.sort((a, b) => b[1] - a[1])]
}
