/** A school with its server, its office account and its tablets, all of it real programs on scratch folders. */
import { join } from 'node:path'
import { run, Running, scratchFolder } from './programs'

/** The people of the demo, with their PINs. */
export const PEOPLE = {
  head: { name: '王秀兰', pin: '2301', id: '0197d000-0000-7000-8000-000200000001' },
  logi: { name: '陈志强', pin: '2302', id: '0197d000-0000-7000-8000-000200000002' },
  fso: { name: '李敏', pin: '2303', id: '0197d000-0000-7000-8000-000200000003' },
  cook: { name: '张桂花', pin: '2304', id: '0197d000-0000-7000-8000-000200000004' },
  carer: { name: '赵丽', pin: '2306', id: '0197d000-0000-7000-8000-000200000006' },
  teacher: { name: '孙悦', pin: '2307', id: '0197d000-0000-7000-8000-000200000007' },
  medic: { name: '周晴', pin: '2308', id: '0197d000-0000-7000-8000-000200000008' },
  guard: { name: '吴大勇', pin: '2309', id: '0197d000-0000-7000-8000-000200000009' },
  fixer: { name: '郑海', pin: '2310', id: '0197d000-0000-7000-8000-00020000000a' },
} as const

/** The kitchen check of the demo that somebody has begun today. */
export const OPEN_CHECK = '0197d000-0000-7000-8000-000700000306'

interface Made {
  organisation: string
  account: { name: string; password: string }
}

export class School {
  server: Running | null = null
  private port = 0

  private constructor(
    readonly folder: string,
    readonly made: Made,
  ) {}

  /** A new school; with `demo`, three weeks of records end today. */
  static async make(options: { demo?: boolean } = {}): Promise<School> {
    const folder = scratchFolder()
    const args = [
      'init',
      '--data',
      join(folder, 'server'),
      '--organisation',
      '中心幼儿园',
      '--preset',
      'kindergarten',
    ]
    return new School(
      folder,
      await run<Made>('rounds-server', [...args, ...(options.demo ? ['--demo'] : [])]),
    )
  }

  get data(): string {
    return join(this.folder, 'server')
  }

  /** The address of the server and of the office. */
  get address(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Starts the server; where it was started before, at the same address. With `now` its clock begins there. */
  async start(now?: string): Promise<void> {
    const listen = ['--listen', `127.0.0.1:${this.port}`, ...(now ? ['--now', now] : [])]
    this.server = await Running.start('rounds-server', ['serve', '--data', this.data, ...listen])
    this.port = Number(new URL(this.server.said['listening'] ?? '').port)
  }

  /** Takes the network away from everybody. */
  async stop(): Promise<void> {
    await this.server?.stop()
    this.server = null
  }

  /** A code for one tablet; with `serves` one that holds what the work needs, and nothing else of a compartment. */
  async enrolCode(serves: readonly string[] = []): Promise<string> {
    const what = serves.flatMap((one) => ['--serves', one])
    return (await run<{ code: string }>('rounds-server', ['enrol-code', '--data', this.data, ...what])).code
  }

  /** Gives the first account a password that its owner has to change. */
  async givenPassword(): Promise<string> {
    const args = ['account', 'password', this.made.account.name, '--data', this.data]
    return (await run<{ password: string }>('rounds-server', args)).password
  }

  /** A tablet, enrolled by way of `road` or straight, that has pulled everything; with `enrol: false` a new one. */
  async tablet(
    name: string,
    {
      enrol = true,
      road = this.address,
      serves = [],
    }: { enrol?: boolean; road?: string; serves?: readonly string[] } = {},
  ): Promise<Tablet> {
    const tablet = new Tablet(join(this.folder, name))
    if (enrol) {
      const code = await this.enrolCode(serves)
      await tablet.run('enrol', '--server', road, '--code', code, '--device-name', name)
      await tablet.run('sync')
    }
    return tablet
  }
}

export class Tablet {
  private served: Running | null = null

  constructor(readonly store: string) {}

  /** Runs `rounds` on this store. */
  run<T = Record<string, unknown>>(...args: string[]): Promise<T> {
    return run<T>('rounds', ['--store', this.store, ...args])
  }

  /** Runs a use case as a person. */
  call<T = Record<string, unknown>>(name: string, args: unknown = {}, by?: string): Promise<T> {
    return this.run<T>(...(by ? ['--as', by] : []), 'call', name, JSON.stringify(args))
  }

  /** Opens the screens in a browser, at a time other than now where one is given; the link works once. */
  async serve(now?: string): Promise<string> {
    const clock = now === undefined ? [] : ['--now', now]
    this.served ??= await Running.start('rounds', ['--store', this.store, ...clock, 'serve'])
    return this.served.said['open'] ?? ''
  }

  async close(signal?: NodeJS.Signals): Promise<void> {
    await this.served?.stop(signal)
    this.served = null
  }
}
