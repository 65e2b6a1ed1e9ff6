import type { Plugin } from 'vite'

export function ownIcons(src: string): Plugin
export function withIcons(code: string, common: ReadonlySet<string>): string
export function iconsBelow(folder: string): Set<string>
