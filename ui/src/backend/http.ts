/** The browser's door: the office, or `rounds serve`. */
import { CommandError, type ErrorCode } from './error'
import type {
  Answer,
  Arguments,
  Backend,
  CommandName,
  News,
  SheetFile,
  SheetUnderWay,
  StoredBlob,
} from './types'

/** Tells the server that a page of its own asks: no other site's form or image can send it. */
const OURS = { 'X-Rounds': '1' }
/** Refusals of whoever is not in, or not in yet, as after a sign-in in another window: then it is asked anew who is there. */
const IS_OUT: readonly ErrorCode[] = ['signed-out', 'must-begin', 'must-change-password']
/** The most that a browser sends behind a page that is gone. */
const MOST_BEHIND = 60_000
/** How long the page waits before it listens again after the stream was refused; a call that goes through ends the wait. */
const LISTEN_AGAIN_MS = 10_000

/** The answer while a file is still made. */
const UNDER_WAY = 202

/** The file of an answer, under the name that the door gives it. */
async function fileOf(response: Response, fallback: string): Promise<SheetFile> {
  const named = /filename\*=UTF-8''(\S+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  const bytes = await response.blob().catch((error: unknown) => {
    throw new CommandError('no-answer', String(error))
  })
  return { name: named ? decodeURIComponent(named) : fallback, bytes }
}

/** @param fetcher what carries the requests; tests hand in their own. */
export function httpBackend(fetcher: typeof fetch = (...args) => fetch(...args)): Backend {
  const listeners = new Set<(news: News) => void>()
  let source: EventSource | null = null
  /** Whether news may have passed by unheard. */
  let wasLost = false
  let again: ReturnType<typeof setTimeout> | undefined

  /** Whether the page may be gone before an answer comes. */
  let isGoing = false
  window.addEventListener('pagehide', () => (isGoing = true), { capture: true })
  window.addEventListener('pageshow', () => (isGoing = false), { capture: true })

  const tell = (news: News) => listeners.forEach((listener) => listener(news))

  /** The answer that went well. */
  async function ask(path: string, init: RequestInit): Promise<Response> {
    let response: Response
    try {
      response = await fetcher(path, { credentials: 'same-origin', ...init })
    } catch (error) {
      throw new CommandError('no-answer', String(error))
    }
    if (response.ok) {
      // The door is open, perhaps since just now: whoever signed in wants the news at once.
      listen()
      return response
    }
    const error = CommandError.fromProblem(await response.json().catch(() => null))
    if (IS_OUT.includes(error.code)) tell({ type: 'signed-out' })
    // Somebody else was switched to in another window, and its news has not come through yet.
    if (error.code === 'other-person') tell({ type: 'changed', kinds: ['session'], ids: [] })
    throw error
  }

  async function send<T>(path: string, init: RequestInit): Promise<T> {
    const response = await ask(path, init)
    return (await response.json().catch(() => null)) as T
  }

  function listen() {
    if (source !== null || listeners.size === 0) return
    clearTimeout(again)
    const events = new EventSource('/app/events')
    source = events
    let wasOpen = false
    events.addEventListener('open', () => {
      wasOpen = true
      // What happened while nobody listened is not told again.
      if (wasLost) tell({ type: 'changed', kinds: [], ids: [] })
      wasLost = false
    })
    events.addEventListener('changed', (event) => tell({ type: 'changed', ...JSON.parse(event.data) }))
    events.addEventListener('sync', (event) => tell({ type: 'sync', status: JSON.parse(event.data) }))
    events.addEventListener('error', () => {
      wasLost = true
      // A stream that broke is opened again by the browser; one that was refused is not.
      if (events.readyState !== EventSource.CLOSED) return
      source = null
      again = setTimeout(listen, LISTEN_AGAIN_MS)
      // Why it was refused, as when the session has ended, shows with the next question; after that nobody is disturbed.
      if (wasOpen) tell({ type: 'changed', kinds: [], ids: [] })
      wasOpen = false
    })
  }

  return {
    call<N extends CommandName>(name: N, args: Arguments<N>, as?: string | null) {
      const body = JSON.stringify(args)
      return send<Answer<N>>(`/app/call/${name}`, {
        method: 'POST',
        headers: { ...OURS, 'Content-Type': 'application/json', ...(as ? { 'X-Rounds-Person': as } : {}) },
        body,
        keepalive: isGoing && body.length < MOST_BEHIND,
      })
    },
    putBlob: (bytes) =>
      send<StoredBlob>('/app/blobs', {
        method: 'PUT',
        headers: { ...OURS, 'Content-Type': bytes.type || 'application/octet-stream' },
        body: bytes,
      }),
    blobUrl: (sha256) => `/app/blobs/${sha256}`,
    async sheetFile(args) {
      const response = await ask('/app/sheets', {
        method: 'POST',
        headers: { ...OURS, 'Content-Type': 'application/json' },
        body: JSON.stringify(args),
      })
      return response.status === UNDER_WAY
        ? ((await response.json()) as SheetUnderWay)
        : fileOf(response, `${args.sheet}.${args.as}`)
    },
    takeSheet: async (name) =>
      fileOf(await ask(`/app/sheets/${encodeURIComponent(name)}`, { method: 'POST', headers: OURS }), name),
    givesFiles: true,
    importFile: (kind, bytes, as) =>
      send<Answer<'entry.import'>>(`/app/imports/${encodeURIComponent(kind)}`, {
        method: 'POST',
        headers: {
          ...OURS,
          'Content-Type': 'application/octet-stream',
          ...(as ? { 'X-Rounds-Person': as } : {}),
        },
        body: bytes,
      }),
    onChange(listener) {
      listeners.add(listener)
      listen()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        source?.close()
        source = null
      }
    },
  }
}
