import type { Plugin } from 'vite'

export function packages(root: string): Plugin
export function packagesOf(root: string): { name: string; version: string; licence: string; text: string }[]
