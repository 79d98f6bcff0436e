import { unpackGzip, withMembers } from './archives.ts';
import { ExtractError } from './errors.ts';
import { detectFormat, isWorkbookArchive, type Format } from './formats.ts';
import { readStamp, scanFile, type Scan } from './scan.ts';
import type { Workspace } from './workspace.ts';

/** Content to load: a file, what a gzip file holds, or one member of a zip (`file#member`). */
export interface Part {
  file: string;
  path: string;
  format: Format;
  scan: Scan;
  sha256: string;
  /** Throws ExtractError where the file on disk has changed since reading began. */
  confirm: () => Promise<void>;
}

interface Visitor {
  isLoaded: (file: string, sha256: string) => boolean;
  load: (part: Part) => Promise<void>;
  fail: (file: string, error: ExtractError) => void;
}

/** Calls `load` with every part of a file that is not loaded yet and `fail` with what keeps a part from being read. */
export async function visitParts(path: string, file: string, workspace: Workspace, visitor: Visitor): Promise<void> {
  await reportFailure(path, file, visitor, async () => {
    const format = await detectFormat(path);
    const scan = await scanFile(path);
    const confirm = async (): Promise<void> => {
      if ((await readStamp(path)) === scan.stamp) return;
      throw new ExtractError(file, 'it changed while it was being read', 'Nothing to do: the next run reads it again.');
    };
    if (format === 'zip') return visitZip(path, file, { scan, confirm }, workspace, visitor);
    if (visitor.isLoaded(file, scan.sha256)) return;
    const part: Part = { file, path, format, scan, sha256: scan.sha256, confirm };
    await visitor.load(format === 'gzip' ? await unpacked(part, workspace) : part);
  });
}

async function visitZip(
  path: string,
  file: string,
  zip: { scan: Scan; confirm: () => Promise<void> },
  workspace: Workspace,
  visitor: Visitor,
): Promise<void> {
  await withMembers(path, file, async (members) => {
    if (isWorkbookArchive(members.map((member) => member.name))) {
      if (visitor.isLoaded(file, zip.scan.sha256)) return;
      await visitor.load({
        file,
        path,
        format: 'workbook',
        scan: zip.scan,
        sha256: zip.scan.sha256,
        confirm: zip.confirm,
      });
      return;
    }
    if (members.length === 0) throw new ExtractError(file, 'a zip without any file', 'Pack it again, or remove it.');
    for (const member of members) {
      const name = `${file}#${member.name}`;
      await reportFailure(path, name, visitor, async () => {
        const target = workspace.path('.member');
        await member.unpack(target);
        const scan = await scanFile(target);
        if (visitor.isLoaded(name, scan.sha256)) return;
        const part = {
          file: name,
          path: target,
          format: await detectFormat(target),
          scan,
          sha256: scan.sha256,
          confirm: zip.confirm,
        };
        await visitor.load(part.format === 'gzip' ? await unpacked(part, workspace) : await workbookOrNested(part));
        await workspace.remove(target);
      });
    }
  });
}

async function unpacked(part: Part, workspace: Workspace): Promise<Part> {
  const target = workspace.path('.unpacked');
  await unpackGzip(part.path, part.file, target);
  const inner = { ...part, path: target, format: await detectFormat(target), scan: await scanFile(target) };
  return workbookOrNested(inner);
}

async function workbookOrNested(part: Part): Promise<Part> {
  if (part.format === 'zip') {
    const isWorkbook = await withMembers(part.path, part.file, async (members) =>
      isWorkbookArchive(members.map((member) => member.name)),
    );
    if (isWorkbook) return { ...part, format: 'workbook' };
  }
  if (part.format !== 'zip' && part.format !== 'gzip') return part;
  throw new ExtractError(part.file, 'an archive inside an archive', 'Unpack the outer one.');
}

async function reportFailure(path: string, file: string, visitor: Visitor, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ExtractError) visitor.fail(file, error);
    else if (isOpenFault(error, path))
      visitor.fail(
        file,
        new ExtractError(file, openFaults[error.code] ?? error.code, 'Check the file and its permissions.', error),
      );
    else throw error;
  }
}

const openFaults: Record<string, string> = {
  EACCES: 'it may not be read (permission denied)',
  EPERM: 'it may not be read (not permitted)',
  ENOENT: 'it is gone, or a link that leads nowhere',
  EISDIR: 'a folder where a file was expected',
};

function isOpenFault(error: unknown, path: string): error is Error & { code: string } {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return false;
  return error.path === path && typeof error.code === 'string' && error.code in openFaults;
}
