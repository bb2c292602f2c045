#!/usr/bin/env python3
"""Writes small memory images in many container formats, independently of Pagestream's own reader.

Standard library only, plus ctypes calls into liblzo2, libsnappy and libzstd (Debian: liblzo2-2, libsnappy1v5, libzstd1).

    write_formats.py fixtures --raw RAW[.zst] --truth GROUND-TRUTH.json --out DIR
    write_formats.py golden   --out DIR
    write_formats.py convert  --raw RAW[.zst] --keep A-B[,A-B...] [--exclude A-B,...] --form FORM --out FILE
                              (A, B physical addresses in hexadecimal, B exclusive; FORM: see FORMS)

A `Memory` is what is written: RAM ranges in page frames, the content of each frame, and a set of frames which count as RAM
but whose content the dump leaves out ("excluded").

Where each layout comes from (the project's image-format fact sheet, its sections in brackets, names these too):
  raw         no header; the side file NAME.ranges.json is Pagestream's own [B1]
  LiME v1     LiME's src/lime.h: 32-byte header, inclusive end address [B2]
  ELF         System V gABI, chapters "ELF Header", "Sections" and "Program Header": Ehdr/Phdr/Shdr of both classes; e_phnum
              0xffff (PN_XNUM) with the real count in sh_info of section 0 [B4]
  ELF, -E     segments with p_filesz < p_memsz as `makedumpfile -E` writes them (its manual page and its output) [B4]
  kdump       makedumpfile's diskdump_mod.h and IMPLEMENTATION, crash's diskdump.c, QEMU's include/sysemu/dump.h: "KDUMP   "
              header, sub header, two bitmaps, 24-byte page descriptors, flags 1 zlib, 2 lzo, 4 snappy, 0x20 zstd [B5]
  byte order  ELF: gABI, "ELF Identification" (EI_DATA); kdump: the structures of diskdump_mod.h as the machine's compiler lays
              them out; crash's diskdump.c on the alignment of u64 [B5]
  split       one file per [start_pfn, end_pfn), each with the whole bitmaps, as `makedumpfile --split` writes it [B5]
  flattened   makedumpfile's IMPLEMENTATION, crash's makedumpfile.c: big-endian, 4096-byte header, {offset, size} records,
              a later record replaces what an earlier one wrote [B5]
  wrappings   RFC 8878 (zstd), RFC 1952 (gzip), the .xz file format 1.x
"""
import argparse
import ctypes
import gzip
import hashlib
import io
import json
import lzma
import os
import random
import re
import struct
import zlib

PAGE = 4096
ZERO_PAGE = bytes(PAGE)

ZLIB, LZO, SNAPPY, ZSTD, STORED = 1, 2, 4, 0x20, 0


# ---------------------------------------------------------------- compressors

_libs = {}


def lib(name):
    if name not in _libs:
        _libs[name] = ctypes.CDLL(name)
    return _libs[name]


def lzo(data):
    out = ctypes.create_string_buffer(len(data) + len(data) // 16 + 67)
    n = ctypes.c_ulong(len(out))
    work = ctypes.create_string_buffer(16384 * ctypes.sizeof(ctypes.c_void_p))
    r = lib('liblzo2.so.2').lzo1x_1_compress(data, ctypes.c_ulong(len(data)), out, ctypes.byref(n), work)
    assert r == 0, r
    return out.raw[:n.value]


def snappy(data):
    s = lib('libsnappy.so.1')
    s.snappy_max_compressed_length.restype = ctypes.c_size_t
    out = ctypes.create_string_buffer(s.snappy_max_compressed_length(ctypes.c_size_t(len(data))))
    n = ctypes.c_size_t(len(out))
    r = s.snappy_compress(data, ctypes.c_size_t(len(data)), out, ctypes.byref(n))
    assert r == 0, r
    return out.raw[:n.value]


def zstd(data):
    """One frame with the content size in its header: what makedumpfile stores for a page."""
    z = lib('libzstd.so.1')
    z.ZSTD_compressBound.restype = z.ZSTD_compress.restype = ctypes.c_size_t
    out = ctypes.create_string_buffer(z.ZSTD_compressBound(ctypes.c_size_t(len(data))))
    n = z.ZSTD_compress(out, ctypes.c_size_t(len(out)), data, ctypes.c_size_t(len(data)), 1)
    assert n <= len(out)
    return out.raw[:n]


class _Buffer(ctypes.Structure):
    _fields_ = [('p', ctypes.c_void_p), ('size', ctypes.c_size_t), ('pos', ctypes.c_size_t)]


def zstd_long(data, level=19):
    """Like `zstd -19 --long=27 < file`: content size unknown, so the frame header asks for a window of 128 MiB; checksum on."""
    z = lib('libzstd.so.1')
    z.ZSTD_createCCtx.restype = ctypes.c_void_p
    z.ZSTD_compressStream2.restype = z.ZSTD_CCtx_setParameter.restype = ctypes.c_size_t
    ctx = ctypes.c_void_p(z.ZSTD_createCCtx())
    for key, value in ((100, level), (101, 27), (160, 1), (201, 1)):  # level, windowLog, long distance matching, checksum
        assert z.ZSTD_CCtx_setParameter(ctx, key, value) < 1 << 62
    src = ctypes.create_string_buffer(data, len(data))
    dst = ctypes.create_string_buffer(len(data) + (len(data) >> 7) + 65536)
    i = _Buffer(ctypes.cast(src, ctypes.c_void_p), len(data), 0)
    o = _Buffer(ctypes.cast(dst, ctypes.c_void_p), len(dst), 0)
    z.ZSTD_compressStream2(ctx, ctypes.byref(o), ctypes.byref(i), 0)  # continue: libzstd does not learn the size
    while True:
        left = z.ZSTD_compressStream2(ctx, ctypes.byref(o), ctypes.byref(i), 2)  # end
        assert left < 1 << 62
        if left == 0:
            break
    z.ZSTD_freeCCtx(ctx)
    return dst.raw[:o.pos]


def unzstd(data):
    """Streaming; windows up to 128 MiB."""
    z = lib('libzstd.so.1')
    z.ZSTD_createDCtx.restype = ctypes.c_void_p
    z.ZSTD_decompressStream.restype = ctypes.c_size_t
    ctx = ctypes.c_void_p(z.ZSTD_createDCtx())
    src = ctypes.create_string_buffer(data, len(data))
    dst = ctypes.create_string_buffer(1 << 20)
    i = _Buffer(ctypes.cast(src, ctypes.c_void_p), len(data), 0)
    parts = []
    while True:
        o = _Buffer(ctypes.cast(dst, ctypes.c_void_p), len(dst), 0)
        left = z.ZSTD_decompressStream(ctx, ctypes.byref(o), ctypes.byref(i))
        assert left < 1 << 62, 'damaged zstd data'
        parts.append(ctypes.string_at(dst, o.pos))
        if i.pos == len(data) and o.pos < len(dst):
            break
    z.ZSTD_freeDCtx(ctx)
    return b''.join(parts)


def gz(data):
    out = io.BytesIO()
    with gzip.GzipFile('', 'wb', 9, out, mtime=0) as g:
        g.write(data)
    return out.getvalue()


def xz(data):
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=9)


WRAP = {'': lambda d: d, '.zst': zstd_long, '.gz': gz, '.xz': xz}
COMPRESS = {ZLIB: lambda d: zlib.compress(d, 1), LZO: lzo, SNAPPY: snappy, ZSTD: zstd}


# ---------------------------------------------------------------- memory

class Memory:
    def __init__(self, pages, excluded=()):
        """pages: {pfn: 4096 bytes} of all RAM, excluded frames too."""
        self.pages = pages
        self.excluded = set(excluded)
        self.ranges = runs(pages)
        assert self.excluded <= set(pages)

    def kept(self):
        return [p for p in sorted(self.pages) if p not in self.excluded]

    def data(self, first, last):
        return b''.join(self.pages[p] for p in range(first, last))


def runs(frames):
    """Sorted [(first, past the last)] of a set of frames."""
    out = []
    for p in sorted(frames):
        if out and out[-1][1] == p:
            out[-1][1] = p + 1
        else:
            out.append([p, p + 1])
    return [tuple(r) for r in out]


def from_raw(raw, keep, exclude=()):
    """keep, exclude: [(physical address, past the end)]; whole pages."""
    pages = {}
    for a, b in keep:
        assert a % PAGE == 0 and b % PAGE == 0 and b <= len(raw), (hex(a), hex(b))
        for p in range(a // PAGE, b // PAGE):
            pages[p] = raw[p * PAGE:(p + 1) * PAGE]
    return Memory(pages, {p for a, b in exclude for p in range(a // PAGE, b // PAGE) if p in pages})


# ---------------------------------------------------------------- raw, LiME

def raw_image(mem):
    """The ranges one after the other, and the side file which says where each belongs."""
    out, ranges = bytearray(), []
    for a, b in mem.ranges:
        ranges.append({'physicalAddress': a * PAGE, 'length': (b - a) * PAGE, 'fileOffset': len(out), 'kind': 'ram'})
        out += mem.data(a, b)
    return bytes(out), {'ranges': ranges}


def lime(mem, cuts=None):
    """cuts: [(start, inclusive end)] byte ranges to write instead of the whole page ranges."""
    out = bytearray()
    for s, e in cuts or [(a * PAGE, b * PAGE - 1) for a, b in mem.ranges]:
        out += struct.pack('<IIQQQ', 0x4C694D45, 1, s, e, 0)
        first, last = s // PAGE, e // PAGE + 1
        out += mem.data(first, last)[s - first * PAGE:e + 1 - first * PAGE]
    return bytes(out)


# ---------------------------------------------------------------- ELF

VMCOREINFO = b'OSRELEASE=6.1.0-pagestream-fixture\nPAGESIZE=4096\n'
DIRECT_MAP = 0xFFFF888000000000


def note(name, kind, desc, order='<'):
    pad = lambda b: b + bytes(-len(b) % 4)
    return struct.pack(order + 'III', len(name) + 1, len(desc), kind) + pad(name + b'\0') + pad(desc)


def notes(bits, order='<'):
    """One NT_PRSTATUS of an idle CPU with all registers zero, and VMCOREINFO."""
    return note(b'CORE', 1, bytes(336 if bits == 64 else 144), order) + note(b'VMCOREINFO', 0, VMCOREINFO, order)


def segments(mem, longest=0, tails=False):
    """[(first frame, frames in the file, frames in memory)]; longest: cut after so many frames;
    tails: cut so that excluded frames end a segment and are not in the file."""
    assert tails or not mem.excluded, 'ELF without tails cannot leave pages out'
    out = []
    for a, b in mem.ranges:
        p = a
        while p < b:
            q = p
            while q < b and q not in mem.excluded and not (longest and q - p >= longest):
                q += 1
            r = q
            while r < b and r in mem.excluded:
                r += 1
            out.append((p, q - p, r - p))
            p = r
    return out


def elf(mem, bits=64, phoff=None, xnum=False, longest=0, tails=False, twice=False, backwards=False, align=1,
        order='<', machine=None):
    """phoff: None = right after the ELF header; 192 = as QEMU 7.2 (sections first); 'end' = after all data.
    xnum: e_phnum 0xffff and the count in section 0. twice: a second, "paging" segment for each range, on the same bytes.
    backwards: segments in descending address order. order: '<' or '>', the byte order of the machine (EI_DATA 1 or 2), which
    applies to all headers and notes. machine: e_machine."""
    segs = segments(mem, longest, tails)
    if backwards:
        segs.reverse()
    nb = notes(bits, order)
    ehsize, phsize, shsize = (64, 56, 64) if bits == 64 else (52, 32, 40)
    count = 1 + len(segs) * (2 if twice else 1)
    shoff = shnum = 0
    at = ehsize
    if xnum or phoff == 192:
        shoff, shnum = at, 2
        at += shnum * shsize
    if phoff != 'end':
        table = at
        assert phoff in (None, table), (phoff, table)
        at += count * phsize
    note_at = at
    at += len(nb)
    body, rows = bytearray(), []
    start = at + (-at % align)
    for first, n, m in segs:
        off = start + len(body) if n else 0
        body += mem.data(first, first + n)
        rows.append((first * PAGE, off, n * PAGE, m * PAGE))
    if phoff == 'end':
        table = start + len(body)
    ph = bytearray()

    def header(kind, off, va, pa, fs, ms, flags=0):
        if bits == 64:
            ph.extend(struct.pack(order + 'IIQQQQQQ', kind, flags, off, va, pa, fs, ms, 0))
        else:
            ph.extend(struct.pack(order + 'IIIIIIII', kind, off, va & 0xFFFFFFFF, pa, fs, ms, flags, 0))

    header(4, note_at, 0, 0, len(nb), len(nb))
    for pa, off, fs, ms in rows:
        header(1, off, 0, pa, fs, ms, 7)
    if twice:
        for pa, off, fs, ms in rows:
            header(1, off, DIRECT_MAP + pa, pa, fs, ms, 7)
    ident = b'\x7fELF' + bytes([2 if bits == 64 else 1, 1 if order == '<' else 2, 1]) + bytes(9)
    phnum = 0xFFFF if xnum else count
    eh = ident + struct.pack(order + ('HHIQQQIHHHHHH' if bits == 64 else 'HHIIIIIHHHHHH'),
                             4, machine or (62 if bits == 64 else 3), 1, 0, table, shoff, 0, ehsize, phsize, phnum,
                             shsize if shnum else 0, shnum, 0)
    sh = b''
    if shnum:  # section 0 holds the extended count, section 1 is an empty SHT_NOBITS
        sh = struct.pack(order + ('IIQQQQIIQQ' if bits == 64 else 'IIIIIIIIII'), 0, 0, 0, 0, 0, 0, 0, count if xnum else 0, 0, 0)
        sh += struct.pack(order + ('IIQQQQIIQQ' if bits == 64 else 'IIIIIIIIII'), 0, 8, 0, 0, 0, 0, 0, 0, 0, 0)
    out = bytearray(eh + sh)
    if phoff != 'end':
        out += ph
    out += nb
    out += bytes(start - len(out)) + body
    if phoff == 'end':
        out += ph
    return bytes(out)


# ---------------------------------------------------------------- kdump

def bitmap(frames, size):
    out = bytearray(size)
    for p in frames:
        out[p >> 3] |= 1 << (p & 7)
    return bytes(out)


def kdump(mem, methods=(ZLIB,), bits=64, version=6, span=None, single_bitmap=False, share_zero=True, dump_level=None,
          signature=b'KDUMP   ', order='<', machine=None, packed=False):
    """methods: compression of the 1st, 2nd, ... page, then from the front again; a page which does not shrink is stored.
    span: (start_pfn, end_pfn) of this part of a split dump. single_bitmap: one bitmap serves as both (no page may be excluded).
    share_zero: all zero pages use one stored page. order: byte order of all headers and descriptors, that of the machine, because
    makedumpfile writes C structures; bitmaps are bytes. machine: utsname.machine. 32-bit machines but i386 align u64 to 8 bytes;
    packed: the 32-bit layout without that, which QEMU writes for every machine (QEMU_PACKED in dump.h)."""
    max_mapnr = mem.ranges[-1][1]
    nb = notes(bits, order)
    aligned = bits == 32 and machine is not None and not packed
    sub_at = 104 if bits == 64 else 96 if aligned else 80
    sub_blocks = -(-(sub_at + len(VMCOREINFO) + len(nb)) // PAGE)
    bitmap_bytes = -(-(-(-max_mapnr // 8)) // PAGE) * PAGE
    bitmap_blocks = bitmap_bytes // PAGE * (1 if single_bitmap else 2)
    assert not (single_bitmap and mem.excluded)
    kept = mem.kept()
    mine = [p for p in kept if span is None or span[0] <= p < span[1]]
    used = 0
    for m in methods:
        used |= m
    status = used
    machine = machine or (b'x86_64' if bits == 64 else b'i686')
    uts = b''.join(s.ljust(65, b'\0') for s in (b'Linux', b'fixture-guest', b'6.1.0-pagestream-fixture', b'#1', machine, b'(none)'))
    head = signature + struct.pack(order + 'i', version) + uts
    head += bytes(6) + struct.pack(order + 'qq', 1767225600, 0) if bits == 64 else bytes(2) + struct.pack(order + 'ii', 1767225600, 0)
    # IMPLEMENTATION: from version 6 the 32-bit field is obsolete, and written anyway while it fits
    head += struct.pack(order + 'IiiIIIIIIi', status, PAGE, sub_blocks, bitmap_blocks, min(max_mapnr, 0xFFFFFFFF), 0, 0, 0, 0, 1)
    level = (31 if mem.excluded else 1 if share_zero else 0) if dump_level is None else dump_level
    vm_at = PAGE + sub_at
    note_at = vm_at + len(VMCOREINFO)
    s, e = span or (0, 0)
    split = 1 if span else 0
    if bits == 64:
        sub = struct.pack(order + 'QiiQQQQQQQQQQQ', 0, level, split, s, e, vm_at, len(VMCOREINFO), note_at, len(nb), 0, 0, s, e,
                          max_mapnr if version >= 6 else 0)
    elif aligned:
        sub = struct.pack(order + 'IiiII4xQI4xQI4xQI4xQQQ', 0, level, split, s, e, vm_at, len(VMCOREINFO), note_at, len(nb), 0, 0, s, e,
                          max_mapnr if version >= 6 else 0)
    else:
        sub = struct.pack(order + 'IiiIIQIQIQIQQQ', 0, level, split, s, e, vm_at, len(VMCOREINFO), note_at, len(nb), 0, 0, s, e,
                          max_mapnr if version >= 6 else 0)
    assert len(sub) == sub_at
    out = bytearray(head.ljust(PAGE, b'\0'))
    out += (sub + VMCOREINFO + nb).ljust(sub_blocks * PAGE, b'\0')
    if not single_bitmap:
        out += bitmap(mem.pages, bitmap_bytes)
    out += bitmap(kept, bitmap_bytes)
    desc_at = len(out)
    data = bytearray()
    base = desc_at + 24 * len(mine)
    zero_at = None
    descs = bytearray()
    for k, p in enumerate(mine):
        page = mem.pages[p]
        if share_zero and page == ZERO_PAGE:
            if zero_at is None:
                zero_at = base + len(data)
                data += page
            descs += struct.pack(order + 'qIIQ', zero_at, PAGE, 0, 0)
            continue
        method = methods[k % len(methods)]
        stored = COMPRESS[method](page) if method else page
        if len(stored) >= PAGE:
            method, stored = 0, page
        descs += struct.pack(order + 'qIIQ', base + len(data), len(stored), method, 0)
        data += stored
    return bytes(out + descs + data)


def split(mem, parts, **options):
    """Even numbers of dumped pages in each part, as makedumpfile tries to."""
    kept = mem.kept()
    last = mem.ranges[-1][1]
    cuts = [0] + [kept[len(kept) * i // parts] for i in range(1, parts)] + [last]
    return [kdump(mem, span=(cuts[i], cuts[i + 1]), **options) for i in range(parts)]


def flatten(data, seed=None, record=20000):
    """seed None: records in file order. Otherwise shuffled, and some areas are first written wrong and then right."""
    out = bytearray((b'makedumpfile'.ljust(16, b'\0') + struct.pack('>qq', 1, 1)).ljust(4096, b'\0'))
    records = [(o, data[o:o + record]) for o in range(0, len(data), record)]
    if seed is not None:
        rnd = random.Random(seed)
        rnd.shuffle(records)
        wrong = []
        for _ in range(max(3, len(records) // 8)):
            o = rnd.randrange(len(data))
            n = min(rnd.randrange(1, 2 * record), len(data) - o)
            wrong.append((o, b'\xEE' * n))  # overlaps one or more records which come later
        records = wrong + records
    for o, d in records:
        out += struct.pack('>qq', o, len(d)) + d
    return bytes(out + struct.pack('>qq', -1, -1))


# ---------------------------------------------------------------- what a reader must find

def first8(b):
    return b[:8].hex()


def expectation(mem, name, files, form, partial=None, ranges=None, **more):
    """State of each page: present, zero (present, all bytes zero), excluded, partial (only the first validBytes), absent."""
    rows = []
    near = set()
    for a, b in mem.ranges:
        near |= set(range(max(0, a - 1), b + 1))
    for p in sorted(near):
        if p not in mem.pages:
            rows.append({'pfn': p, 'state': 'absent'})
        elif p in mem.excluded:
            rows.append({'pfn': p, 'state': 'excluded'})
        elif partial and p in partial:
            rows.append({'pfn': p, 'state': 'partial', 'validBytes': partial[p], 'first8': first8(mem.pages[p])})
        else:
            zero = mem.pages[p] == ZERO_PAGE
            rows.append({'pfn': p, 'state': 'zero' if zero else 'present', 'first8': first8(mem.pages[p])})
    if ranges is None:
        ranges = [(a * PAGE, (b - a) * PAGE) for a, b in mem.ranges]
    return {'name': name, 'files': files, 'format': form, 'pageSize': PAGE,
            'ranges': [{'physicalAddress': a, 'length': n, 'kind': 'ram'} for a, n in ranges], 'pages': rows, **more}


def digest(mem):
    """Of every page in the dump in ascending order: frame number as 8 bytes little endian, then the 4096 bytes."""
    h = hashlib.sha256()
    for p in mem.kept():
        h.update(struct.pack('<Q', p) + mem.pages[p])
    return h.hexdigest()


def summary(mem, name, files, form, **more):
    kept = mem.kept()
    zero = sum(mem.pages[p] == ZERO_PAGE for p in kept)
    return {'name': name, 'files': files, 'format': form, 'pageSize': PAGE,
            'ranges': [{'physicalAddress': a * PAGE, 'length': (b - a) * PAGE, 'kind': 'ram'} for a, b in mem.ranges],
            'presentPages': len(kept), 'zeroPages': zero, 'excludedPages': len(mem.excluded),
            'excluded': [{'physicalAddress': a * PAGE, 'length': (b - a) * PAGE} for a, b in runs(mem.excluded)],
            'pagesSha256': digest(mem), **more}


def save(directory, name, data):
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, name), 'wb') as f:
        f.write(data)


def save_json(directory, name, value):
    save(directory, name, (json.dumps(value, indent=1, ensure_ascii=False) + '\n').encode())


# ---------------------------------------------------------------- golden files

def own_number(p):
    return struct.pack('<Q', 0x4750000000000000 | p) * 512


def noise(p):
    return b''.join(hashlib.sha256(b'%d %d' % (p, i)).digest() for i in range(128))


def golden(out):
    small = Memory({1: own_number(1), 2: ZERO_PAGE, 4: own_number(4), 5: own_number(5)})
    tail = Memory({0: own_number(0), 1: ZERO_PAGE, 2: own_number(2), 3: own_number(3)[:1024] + bytes(3072)})
    low = Memory({0x9E: own_number(0x9E), 0x9F: own_number(0x9F), 0x100: own_number(0x100), 0x101: own_number(0x101)})
    high = Memory({0xBFFFF: own_number(0xBFFFF), 0x100000: own_number(0x100000), 0x100001: ZERO_PAGE, 0x17FFFF: own_number(0x17FFFF)})
    few = Memory({**small.pages, 6: own_number(6), 7: own_number(7), 9: own_number(9)}, {5, 6, 7, 9})
    pages = {p: own_number(p) for p in (0, 1, 3, 6, 8, 256, 257, 258, 300, 301)}
    pages.update({2: ZERO_PAGE, 7: ZERO_PAGE, 259: ZERO_PAGE, 4: noise(4)})
    big = Memory(pages)
    holes = Memory(pages, {3, 7, 8, 257, 300, 301})
    rows = []

    def put(name, data, mem, form, **more):
        save(out, name, data)
        rows.append(expectation(mem, name.split('.')[0], [name], form, **more))

    data, side = raw_image(small)
    save_json(out, 'raw-ranges.raw.ranges.json', side)
    put('raw-ranges.raw', data, small, 'raw', sideFile='raw-ranges.raw.ranges.json')
    put('raw-identity-tail.raw', raw_image(tail)[0][:3 * PAGE + 1024], tail, 'raw', partial={3: 1024}, ranges=[(0, 3 * PAGE + 1024)])

    put('lime.lime', lime(small), small, 'lime')
    put('lime-partial.lime', lime(low, [(0x9E000, 0x9FBFF), (0x100000, 0x101FFF)]), low, 'lime',
        partial={0x9F: 0xC00}, ranges=[(0x9E000, 0x1C00), (0x100000, 0x2000)])
    put('lime-two-part-page.lime', lime(low, [(0x9E000, 0x9FBFF), (0x9FC00, 0x9FFFF), (0x100000, 0x101FFF)]), low, 'lime',
        optional='a page of which each part is in another range')
    put('lime-high.lime', lime(high), high, 'lime')

    put('elf64.elf', elf(small), small, 'elf64')
    put('elf64-phoff192.elf', elf(small, phoff=192), small, 'elf64')
    put('elf64-phoff-end.elf', elf(small, phoff='end', backwards=True), small, 'elf64')
    put('elf64-aligned-twice.elf.gz', gz(elf(small, twice=True, align=PAGE)), small, 'elf64')
    put('elf64-xnum.elf', elf(small, xnum=True, longest=1), small, 'elf64')
    put('elf64-excluded.elf', elf(few, tails=True), few, 'elf64')
    put('elf64-high.elf', elf(high), high, 'elf64')
    put('elf32.elf', elf(small, bits=32), small, 'elf32')

    put('elf64-s390x.elf', elf(few, tails=True, order='>', machine=22), few, 'elf64')
    put('elf64-ppc64-xnum.elf', elf(small, xnum=True, longest=1, order='>', machine=21), small, 'elf64')
    put('elf32-ppc.elf', elf(small, bits=32, order='>', machine=20), small, 'elf32')

    put('kdump-zlib.kdump', kdump(big, (ZLIB,)), big, 'kdump')
    put('kdump-lzo.kdump', kdump(big, (LZO,)), big, 'kdump')
    put('kdump-snappy.kdump', kdump(big, (SNAPPY,)), big, 'kdump')
    put('kdump-zstd.kdump', kdump(big, (ZSTD,)), big, 'kdump')
    put('kdump-stored.kdump.gz', gz(kdump(big, (STORED,))), big, 'kdump')
    put('kdump-mixed-excluded.kdump', kdump(holes, (ZLIB, LZO, SNAPPY, ZSTD, STORED)), holes, 'kdump')
    put('kdump-zero-compressed.kdump', kdump(big, (ZLIB,), share_zero=False), big, 'kdump')
    put('kdump-v5.kdump', kdump(big, (ZLIB,), version=5), big, 'kdump')
    put('kdump-single-bitmap.kdump', kdump(big, (ZLIB,), single_bitmap=True), big, 'kdump',
        optional='diskdump with one bitmap for both purposes')
    put('kdump-i386.kdump', kdump(big, (ZLIB,), bits=32), big, 'kdump')
    put('kdump-s390x.kdump', kdump(holes, (ZLIB, LZO, SNAPPY, ZSTD, STORED), order='>', machine=b's390x'), holes, 'kdump')
    put('kdump-ppc.kdump', kdump(big, (ZLIB,), bits=32, version=5, order='>', machine=b'ppc'), big, 'kdump')
    put('kdump-qemu-ppc.kdump', kdump(big, (ZLIB,), bits=32, order='>', machine=b'Unknown', packed=True), big, 'kdump')
    put('kdump-disk-big.kdump', kdump(big, (ZLIB,), version=0, order='>', machine=b's390x', signature=b'DISKDUMP'), big, 'kdump')
    put('kdump-high.kdump.gz', gz(kdump(high, (ZLIB,))), high, 'kdump')
    names = ['kdump-big-split-%d.kdump' % (i + 1) for i in range(2)]
    for n, d in zip(names, split(holes, 2, methods=(ZLIB,), order='>', machine=b'ppc64')):
        save(out, n, d)
    rows.append(expectation(holes, 'kdump-big-split', names, 'kdump'))
    for parts in (2, 3):
        names = ['kdump-split%d-%d.kdump' % (parts, i + 1) for i in range(parts)]
        for n, d in zip(names, split(holes, parts, methods=(ZLIB, SNAPPY))):
            save(out, n, d)
        rows.append(expectation(holes, 'kdump-split%d' % parts, names, 'kdump'))
    put('flat-kdump.flat', flatten(kdump(holes, (ZLIB,)), None, 3000), holes, 'flattened kdump')
    put('flat-kdump-shuffled.flat.gz', gz(flatten(kdump(holes, (ZLIB,)), 1, 3000)), holes, 'flattened kdump')
    put('flat-elf-shuffled.flat.gz', gz(flatten(elf(small), 2, 3000)), small, 'flattened elf64')

    image = raw_image(tail)[0][:3 * PAGE]
    plain = Memory({p: tail.pages[p] for p in range(3)})
    half = 5000
    put('wrap-gzip.raw.gz', gz(image), plain, 'raw')
    put('wrap-two-members.raw.gz', gz(image[:half]) + gz(image[half:]), plain, 'raw')
    put('wrap-xz.raw.xz', xz(image), plain, 'raw')
    put('wrap-two-streams.raw.xz', xz(image[:half]) + xz(image[half:]), plain, 'raw')
    put('wrap-stream-padding.raw.xz', xz(image[:half]) + bytes(8) + xz(image[half:]) + bytes(4), plain, 'raw',
        optional='.xz stream padding between and after streams')
    put('wrap-long27.raw.zst', zstd_long(image), plain, 'raw')
    skippable = struct.pack('<II', 0x184D2A53, 11) + b'skip me, 11'
    put('wrap-frames.raw.zst', zstd(image[:half]) + skippable + zstd(image[half:]), plain, 'raw')
    save_json(out, 'expected.json', {'images': rows})


# ---------------------------------------------------------------- fixtures cut from a real image

KIND = {'email': 'email', 'url': 'url', 'ipv4': 'ipv4', 'ipv6': 'ipv6', 'card': 'card', 'card-bad-luhn': 'card-bad-luhn',
        'email-utf16le': 'email', 'utf16le-straddle': 'email', 'aes128-schedule': 'aes128-schedule',
        'aes192-schedule': 'aes192-schedule', 'aes256-schedule': 'aes256-schedule'}
WIDE = {'email-utf16le', 'utf16le-straddle', 'utf16le'}
# what the file report.txt of the guest holds (default seed); each one is looked up in its page before it is written down
IN_REPORT = [('email', 'file.alice@evidence.example.org'), ('email', 'file-bob+tag@sub.mail.example.net'),
             ('url', 'https://files.example.com/a/b?q=1&r=2#frag'), ('url', 'http://203.0.113.77:8080/c2/beacon.php'),
             ('url', 'ftp://ftp.example.org/pub/x.tgz'), ('ipv4', '198.51.100.23'), ('ipv4', '203.0.113.199'),
             ('ipv4', '10.20.30.40'), ('ipv6', '2001:db8:85a3::8a2e:370:7334'), ('ipv6', 'fe80::1ff:fe23:4567:890a'),
             ('card', '4111111111111111'), ('card', '5555-5555-5555-4444'), ('card', '378282246310005'),
             ('card-bad-luhn', '4111111111111112'), ('mac', '52:54:00:ab:cd:ef')]


def pieces(addresses, length):
    """[(physical address, length)] with neighbours joined."""
    out = []
    for a in addresses:
        n = min(PAGE - a % PAGE, length)
        length -= n
        if out and sum(out[-1]) == a:
            out[-1] = (out[-1][0], out[-1][1] + n)
        else:
            out.append((a, n))
    assert length == 0
    return out


def truth_of(raw, ground):
    """-> (artifacts in one piece, artifacts in several)"""
    whole, scattered = [], []

    def add(row, places):
        data = b''.join(raw[a:a + n] for a, n in places)
        row = {**row, 'sha256': hashlib.sha256(data).hexdigest()}
        if len(places) == 1:
            whole.append({**row, 'physicalAddress': places[0][0], 'length': places[0][1], 'planted': True})
        else:
            scattered.append({**row, 'pieces': [{'physicalAddress': a, 'length': n} for a, n in places], 'planted': True})
        return data

    for p in ground['plants']:
        if not p['pa'] or p['type'] == 'dup-pages':
            continue
        row = {'kind': KIND.get(p['type'], p['type'])}
        payload = bytes.fromhex(p['payload_hex'])
        places = pieces(p['pa'], int(p['len']))
        if p['type'] in WIDE:
            row.update(value=payload.decode('utf-16le'), encoding='utf-16le')
        elif p['type'].startswith('aes'):
            row.update(key=payload.hex())
        elif p['type'] == 'utf8' or (len(payload) < 200 and payload.isascii() and p['type'] not in ('jpeg', 'yara-like')):
            row.update(value=payload.decode('utf-8'))
        else:
            row.update(payload=payload.hex() if len(payload) <= 2048 else None)
            row = {k: v for k, v in row.items() if v is not None}
        row.update(process=p.get('pid') and next((q['name'] for q in ground['procs'] if q['pid'] == p['pid']), None))
        data = add(row, places)
        assert data.startswith(payload), p['type']
    for f in ground['files']:
        if os.path.basename(f['path']) in ('random.bin', 'dup.bin'):
            continue
        data = add({'kind': 'file', 'value': f['path']}, pieces(f['pa'], f['size']))
        if f['path'].endswith('/report.txt'):
            for kind, value in IN_REPORT:
                o = re.search(rb'(?<![0-9A-Za-z-])' + re.escape(value.encode()), data).start()
                whole.append({'kind': kind, 'value': value, 'within': f['path'], 'physicalAddress': f['pa'][0] + o,
                              'length': len(value), 'planted': True})
    key = lambda r: r.get('physicalAddress') or r['pieces'][0]['physicalAddress']
    return sorted(whole, key=key), sorted(scattered, key=key)


def cut_of(raw, whole, scattered, ground):
    """Frames to keep: every artifact with two pages on either side, kernel code and data, low memory up to the end of
    conventional RAM, one run of zero pages, some equal pages."""
    frames = set()

    def keep(a, n, around=2):
        frames.update(range(max(0, a // PAGE - around), (a + n - 1) // PAGE + 1 + around))

    for r in whole:
        keep(r['physicalAddress'], r['length'])
    for r in scattered:
        for q in r['pieces']:
            keep(q['physicalAddress'], q['length'], 0)
    banner = raw.index(b'Linux version 6.')
    keep(banner & ~0xFFFF, 0x10000, 0)
    keep(KERNEL_CODE, 0x50000, 0)
    keep(KERNEL_CODE + 0x400000, 0x10000, 0)
    keep(0x9A000, 0x6000, 0)
    dup = next(f for f in ground['files'] if f['path'].endswith('dup.bin'))['pa']
    for a in dup[:8]:
        keep(a, 1, 0)
    zero_run = next(q for q in range(0x1000, len(raw) // PAGE) if not any(raw[q * PAGE:(q + 48) * PAGE]) and q % 16 == 0)
    frames.update(range(zero_run, zero_run + 48))
    return frames


KERNEL_CODE = 0x4600000  # "Kernel code" in /proc/iomem of the sample


def fixtures(raw_path, truth_path, out):
    raw = read_raw(raw_path)
    with open(truth_path) as f:
        ground = json.load(f)
    whole, scattered = truth_of(raw, ground)
    frames = cut_of(raw, whole, scattered, ground)
    pages = {p: raw[p * PAGE:(p + 1) * PAGE] for p in sorted(frames)}
    mem = Memory(pages)
    # excluded: pages without any artifact in them: kernel pages with an odd number, half of the zero pages, single pages elsewhere
    taken = set()
    for r in whole:
        taken.update(range(r['physicalAddress'] // PAGE, (r['physicalAddress'] + r['length'] - 1) // PAGE + 1))
    for r in scattered:
        for q in r['pieces']:
            taken.update(range(q['physicalAddress'] // PAGE, (q['physicalAddress'] + q['length'] - 1) // PAGE + 1))
    free = [p for p in sorted(pages) if p not in taken]
    holes = Memory(pages, [p for p in free if p % 3 == 0 or (pages[p] == ZERO_PAGE and p % 2)])
    save_json(out, 'truth.json', whole)
    save_json(out, 'truth-scattered.json', scattered)
    rows = []

    def put(name, data, m, form, wrap='', **more):
        save(out, name + wrap, WRAP[wrap](data))
        rows.append(summary(m, name.split('.')[0], [name + wrap], form, **more))

    data, side = raw_image(mem)
    save_json(out, 'raw.raw.ranges.json', side)
    put('raw.raw', data, mem, 'raw', '.zst', sideFile='raw.raw.ranges.json')
    put('lime.lime', lime(mem), mem, 'lime', '.gz')
    ends = [(a * PAGE, b * PAGE - 1) for a, b in mem.ranges]
    ends = [(a, 0x9FBFF if b == 0x9FFFF else b) for a, b in ends]
    assert any(b == 0x9FBFF for _, b in ends)
    tail = Memory({p: d if p != 0x9F else d[:0xC00] + bytes(0x400) for p, d in pages.items()})
    save(out, 'lime-partial.lime.xz', xz(lime(mem, ends)))
    row = summary(tail, 'lime-partial', ['lime-partial.lime.xz'], 'lime', partial=[{'pfn': 0x9F, 'validBytes': 0xC00}])
    for r in row['ranges']:
        if r['physicalAddress'] + r['length'] == 0xA0000:
            r['length'] -= 0x400
    rows.append(row)
    put('elf64.elf', elf(mem), mem, 'elf64', '.zst')
    put('elf64-phoff192.elf', elf(mem, phoff=192), mem, 'elf64', '.xz')
    put('elf64-xnum.elf', elf(mem, xnum=True, longest=6), mem, 'elf64', '.xz')
    put('elf64-excluded.elf', elf(holes, tails=True, align=PAGE), holes, 'elf64', '.gz')
    put('elf32.elf', elf(mem, bits=32), mem, 'elf32', '.xz')
    put('kdump-zlib.kdump', kdump(mem, (ZLIB,)), mem, 'kdump')
    put('kdump-lzo.kdump', kdump(mem, (LZO,)), mem, 'kdump')
    put('kdump-snappy.kdump', kdump(mem, (SNAPPY,)), mem, 'kdump')
    put('kdump-zstd.kdump', kdump(mem, (ZSTD,)), mem, 'kdump')
    put('kdump-stored.kdump', kdump(mem, (STORED,)), mem, 'kdump', '.xz')
    put('kdump-mixed-excluded.kdump', kdump(holes, (ZLIB, LZO, SNAPPY, ZSTD, STORED)), holes, 'kdump')
    put('kdump-i386.kdump', kdump(mem, (STORED,), bits=32), mem, 'kdump', '.xz')
    for parts, methods in ((2, (ZLIB,)), (3, (ZSTD, LZO))):
        names = ['kdump-split%d-%d.kdump' % (parts, i + 1) for i in range(parts)]
        for n, d in zip(names, split(holes, parts, methods=methods)):
            save(out, n, d)
        rows.append(summary(holes, 'kdump-split%d' % parts, names, 'kdump'))
    put('flat-kdump-shuffled.flat', flatten(kdump(mem, (STORED,)), 7), mem, 'flattened kdump', '.xz')
    put('flat-kdump-excluded.flat', flatten(kdump(holes, (ZLIB,))), holes, 'flattened kdump')
    save_json(out, 'expected.json', {'images': rows})
    for directory, _, files in os.walk(out):
        print(sum(os.path.getsize(os.path.join(directory, f)) for f in files), 'bytes in', directory)
    print(len(pages), 'pages', sum(d == ZERO_PAGE for d in pages.values()), 'zero', len(mem.ranges), 'ranges',
          len(holes.excluded), 'excluded', len(whole), 'artifacts', len(scattered), 'scattered')


# ---------------------------------------------------------------- command line

FORMS = {
    'raw': lambda m: raw_image(m)[0], 'lime': lime,
    'elf64': lambda m: elf(m, tails=bool(m.excluded)), 'elf64-phoff192': lambda m: elf(m, phoff=192, tails=bool(m.excluded)),
    'elf64-xnum': lambda m: elf(m, xnum=True, longest=4, tails=bool(m.excluded)),
    'elf32': lambda m: elf(m, bits=32, tails=bool(m.excluded)),
    'kdump-zlib': lambda m: kdump(m, (ZLIB,)), 'kdump-lzo': lambda m: kdump(m, (LZO,)),
    'kdump-snappy': lambda m: kdump(m, (SNAPPY,)), 'kdump-zstd': lambda m: kdump(m, (ZSTD,)),
    'kdump-stored': lambda m: kdump(m, (STORED,)), 'kdump-mixed': lambda m: kdump(m, (ZLIB, LZO, SNAPPY, ZSTD, STORED)),
    'kdump-i386': lambda m: kdump(m, (ZLIB,), bits=32),
    'flattened': lambda m: flatten(kdump(m, (ZLIB,))), 'flattened-shuffled': lambda m: flatten(kdump(m, (ZLIB,)), 1),
    'split2': lambda m: split(m, 2), 'split3': lambda m: split(m, 3),
}


def read_raw(path):
    with open(path, 'rb') as f:
        data = f.read()
    return unzstd(data) if path.endswith('.zst') else data


def address_ranges(text):
    return [tuple(int(x, 16) for x in r.split('-')) for r in text.split(',') if r]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = parser.add_subparsers(dest='command', required=True)
    f = sub.add_parser('fixtures')
    f.add_argument('--raw', required=True)
    f.add_argument('--truth', required=True)
    f.add_argument('--out', required=True)
    g = sub.add_parser('golden')
    g.add_argument('--out', required=True)
    c = sub.add_parser('convert')
    c.add_argument('--raw', required=True)
    c.add_argument('--keep', required=True)
    c.add_argument('--exclude', default='')
    c.add_argument('--form', required=True, choices=sorted(FORMS))
    c.add_argument('--out', required=True, help='a name which ends in .zst, .gz or .xz is wrapped so')
    a = parser.parse_args()
    if a.command == 'fixtures':
        fixtures(a.raw, a.truth, a.out)
    elif a.command == 'golden':
        golden(a.out)
    else:
        mem = from_raw(read_raw(a.raw), address_ranges(a.keep), address_ranges(a.exclude))
        base, wrap = os.path.splitext(a.out)
        if wrap not in WRAP:
            base, wrap = a.out, ''
        directory = os.path.dirname(a.out) or '.'
        made = FORMS[a.form](mem)
        if isinstance(made, list):
            stem, end = os.path.splitext(os.path.basename(base))
            for i, d in enumerate(made):
                save(directory, '%s-%d%s%s' % (stem, i + 1, end, wrap), WRAP[wrap](d))
        else:
            save(directory, os.path.basename(a.out), WRAP[wrap](made))
        if a.form == 'raw':
            save_json(directory, os.path.basename(base) + '.ranges.json', raw_image(mem)[1])


if __name__ == '__main__':
    main()
