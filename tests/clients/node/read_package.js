// Reads every table of a data package and prints its rows: node read_package.js datapackage.json
'use strict'

const { Package } = require('datapackage')

async function main() {
  const datapackage = await Package.load(process.argv[2])
  if (!datapackage.valid) throw new Error(datapackage.errors.join('\n'))
  const tables = {}
  for (const resource of datapackage.resources) {
    if (resource.tabular && resource.descriptor.schema) {
      tables[resource.name] = await resource.read({ keyed: true })
    }
  }
  process.stdout.write(JSON.stringify(tables))
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
