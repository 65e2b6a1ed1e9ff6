/** The built programs: started on folders of their own, told what they say, and ended with the test. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from '@playwright/test'

const folder = process.env['ROUNDS_PROGRAMS'] ?? join(import.meta.dirname, '../../target/debug')

const leftOver: (() => void)[] = []
let file = ''
process.on('exit', endAll)

function endAll(): void {
  for (const end of leftOver.splice(0).reverse()) end()
}

/** What must not outlive the tests of a file: it ends when another file begins, or with the process, so that a long run fills no disk. */
export function endWithTheFile(end: () => void): void {
  const now = test.info().file
  if (now !== file) endAll()
  file = now
  leftOver.push(end)
}

/** The path of a built program. */
export const program = (name: string) => join(folder, name)

/** A folder that is gone when the tests of the file are. */
export function scratchFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rounds-'))
  endWithTheFile(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** Runs a program to its end, and gives the JSON document that it printed; the tests' own servers go on meanwhile. */
export async function run<T>(name: string, args: string[]): Promise<T> {
  const child = spawn(program(name), args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, log]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => log.push(bytes))
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const printed = Buffer.concat(out).toString()
  if (status !== 0)
    throw new Error(`${name} ${args.join(' ')} ended with ${status}\n${printed}${Buffer.concat(log)}`)
  return JSON.parse(printed) as T
}

/** A program that runs until it is stopped. */
export class Running {
  private constructor(
    readonly child: ChildProcess,
    /** What it printed when it was ready. */
    readonly said: Record<string, string>,
    private readonly log: string[],
  ) {}

  /** Starts a program, and waits for the document that it prints when it is ready. */
  static async start(name: string, args: string[], env: Record<string, string> = {}): Promise<Running> {
    const child = spawn(program(name), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    const log: string[] = []
    child.stderr?.on('data', (text: Buffer) => log.push(text.toString()))
    endWithTheFile(() => child.kill('SIGKILL'))
    const lines = createInterface({ input: child.stdout! })
    const line = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}\n${log.join('')}`)))
    })
    return new Running(child, JSON.parse(line), log)
  }

  /** What it logged so far. */
  get logged(): string {
    return this.log.join('')
  }

  /** Ends it, and waits until it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill(signal)
    await ended
  }
}
