// TypeScript of the JSON schemas that the commands have; what they do not use is refused rather than guessed.
import { isDeepStrictEqual } from 'node:util'

const PLAIN = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' }
const indent = (depth) => '  '.repeat(depth)
/** So wide a line is read at one glance. */
const WIDTH = 120

/** A doc comment with its line break; nothing for nothing. */
export function comment(text, depth) {
    if (!text) return ''
    const words = text.replace(/\s*\n\s*/g, ' ').replaceAll('*/', '*\\/')
    return `${indent(depth)}/** ${words} */\n`
}

/** A field with its words, in one line where there is room. */
function documented(text, field, depth) {
    const above = `${comment(text, depth)}${indent(depth)}${field}\n`
    const beside = `${comment(text, depth).trimEnd()} ${field}\n`
    return text && !field.includes('\n') && beside.length <= WIDTH + 1 ? beside : above
}

function unionOf(schemas, depth) {
    return [...new Set(schemas.map((schema) => typeOf(schema, depth)))].join(' | ')
}

function listOf({ items, prefixItems, minItems, maxItems }, depth) {
    if (prefixItems) return `[${prefixItems.map((item) => typeOf(item, depth)).join(', ')}]`
    const item = typeOf(items ?? true, depth)
    // A short list of one length is a tuple, such as a point.
    if (minItems !== undefined && minItems === maxItems) return `[${Array(minItems).fill(item).join(', ')}]`
    return item.includes('|') ? `(${item})[]` : `${item}[]`
}

function fieldsOf({ properties, required = [] }, depth, without = {}) {
    const own = Object.entries(properties).filter(([name]) => !(name in without))
    const fields = own.map(([name, field]) => {
        const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`
        const mark = required.includes(name) ? '' : '?'
        return documented(field.description, `${key}${mark}: ${typeOf(field, depth + 1)}`, depth)
    })
    return `{\n${fields.join('')}${indent(depth - 1)}}`
}

/** A number with a letter behind it, such as 3d; any other pattern is a text. */
function patternOf(pattern) {
    const [, unit] = /^\^\[0-9\]\+([a-z])\$$/.exec(pattern) ?? []
    return unit ? `\`\${number}${unit}\`` : 'string'
}

function objectOf(schema, depth) {
    const { properties, additionalProperties } = schema
    if (properties) return fieldsOf(schema, depth)
    if (additionalProperties) return `Record<string, ${typeOf(additionalProperties, depth)}>`
    return 'Record<string, never>'
}

/** The type that a schema describes; `depth` is that of the fields of an object in it. */
export function typeOf(schema, depth) {
    if (schema === true) return 'unknown'
    if (schema.$ref) return schema.$ref
    if (schema.const !== undefined) return literal(schema.const)
    if (schema.enum) return schema.enum.map(literal).join(' | ')
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return unionOf(choices, depth)
    if (Array.isArray(schema.type))
        return unionOf(
            schema.type.map((type) => ({ ...schema, type })),
            depth,
        )
    if (schema.type === 'array') return listOf(schema, depth)
    if (schema.type === 'string' && schema.pattern) return patternOf(schema.pattern)
    if (schema.type === 'object') return objectOf(schema, depth)
    if (schema.type in PLAIN) return PLAIN[schema.type]
    if (Object.keys(schema).every((key) => key === 'description' || key === 'default')) return 'unknown'
    throw new Error(`no type for ${JSON.stringify(schema)}`)
}

const literal = (value) =>
    typeof value === 'string' ? `'${value.replace(/['\\]/g, '\\$&')}'` : JSON.stringify(value)

/** So few fields are alike by chance. */
const BY_CHANCE = 3

/** The largest shape whose every field `schema` has, too: on the Rust side it stands in it, flattened. */
function inside(name, schema, shapes) {
    const isAlike = (field, part) =>
        isDeepStrictEqual(part.properties[field], schema.properties[field]) &&
        part.required?.includes(field) === schema.required?.includes(field)
    const size = ({ properties = {} }) => Object.keys(properties).length
    const parts = Object.entries(shapes).filter(
        ([other, part]) =>
            other !== name &&
            size(part) > BY_CHANCE &&
            size(part) < size(schema) &&
            Object.keys(part.properties).every((field) => isAlike(field, part)),
    )
    return parts.sort(([, one], [, other]) => size(other) - size(one))[0]
}

/** The declaration of the shape `name`, one of `shapes`. */
export function declaration(name, shapes) {
    const schema = shapes[name]
    const head = comment(schema.description, 0)
    if (!schema.properties) return `${head}export type ${name} = ${typeOf(schema, 1)}\n`
    const [part, { properties = {} } = {}] = inside(name, schema, shapes) ?? []
    const base = part ? ` extends ${part}` : ''
    return `${head}export interface ${name}${base} ${fieldsOf(schema, 1, properties)}\n`
}
