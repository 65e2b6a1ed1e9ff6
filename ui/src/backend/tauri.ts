/** The window's door: commands, two events, and a scheme for photos. */
import { convertFileSrc, invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import type { SyncStatus } from './bindings'
import { CommandError } from './error'
import type {
  Answer,
  Arguments,
  Backend,
  Changed,
  CommandName,
  SavedSheet,
  SheetUnderWay,
  StoredBlob,
} from './types'

async function refused<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (problem) {
    throw CommandError.fromProblem(problem)
  }
}

/** The commands of the window that this page runs in. */
export function tauriBackend(): Backend {
  return {
    call: <N extends CommandName>(name: N, args: Arguments<N>, as?: string | null) =>
      refused(invoke<Answer<N>>('call', { name, args, person: as ?? null })),
    putBlob: async (bytes) =>
      refused(invoke<StoredBlob>('put_blob', new Uint8Array(await bytes.arrayBuffer()))),
    blobUrl: (sha256) => convertFileSrc(sha256, 'rounds-blob'),
    sheetFile: (args) => refused(invoke<SavedSheet | SheetUnderWay>('sheet_file', { args })),
    takeSheet: (name) => refused(invoke<SavedSheet>('take_sheet', { export: name })),
    onChange(listener) {
      const ended = [
        listen<Omit<Changed, 'type'>>('changed', ({ payload }) => listener({ type: 'changed', ...payload })),
        listen<SyncStatus>('sync', ({ payload }) => listener({ type: 'sync', status: payload })),
      ]
      return () => ended.forEach((end) => void end.then((stop) => stop()))
    },
  }
}
