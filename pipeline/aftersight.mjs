#!/usr/bin/env node
import process from 'node:process';
import { launch } from './launch.mjs';

launch('pipeline/cli.ts', process.argv.slice(2), { withDevelopment: false });
