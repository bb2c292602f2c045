#!/usr/bin/env python3
"""Writes the records for the analyzers' tests that no public sample provides, independently of the code under test.

    write_records.py OUT        writes OUT/*.bin

Standard library only. Sources of the layouts:
  usn-3.bin       USN_RECORD_V3 of the Windows SDK (winioctl.h)
  log-*.bin       "RCRD" and "RSTR" pages with their update sequence (libfsntfs, "New Technologies File System")
  indx-applied    the same record as on disk with its update sequence applied, as in Windows' cache
  kdbg-*.bin      _DBGKD_DEBUG_DATA_HEADER64 and KDDEBUGGER_DATA64 of the Windows SDK (wdbgexts.h)
  network.bin     MS-SHLLINK, sections 2.1, 2.3 and 2.4
  pool-*.bin      _POOL_HEADER of 64-bit kernels in public symbols; object types and sizes of the Windows Driver Kit (wdm.h)
  journal-*.bin   systemd, "Journal File Format", data objects
  notes.bin       ELF gABI "Note Section"; struct elf_prpsinfo of Linux (linux/elfcore.h)
"""
import os
import struct
import sys
import zlib

FILETIME_2024 = 133_500_000_000_000_000 + 1_234_567  # 2024-01-17T21:20:00.1234567Z


def usn3():
    name = "報告書.docx".encode("utf-16-le")
    length = (76 + len(name) + 7) & ~7
    head = struct.pack("<IHH16s16sqqIIIIHH", length, 3, 0, struct.pack("<QQ", 77 | 4 << 48, 0), struct.pack("<QQ", 5 | 5 << 48, 0),
                       987654, FILETIME_2024, 0x80000200, 0, 0, 0x20, len(name), 76)
    return (head + name).ljust(length, b"\0")


def protect(page, sequence_offset, number):
    """Writes the update sequence of a page of 4096 bytes: the number at the end of each sector, what was there in the array."""
    page = bytearray(page.ljust(4096, b"\0"))
    struct.pack_into("<HH", page, 4, sequence_offset, 9)
    struct.pack_into("<H", page, sequence_offset, number)
    for sector in range(1, 9):
        end = sector * 512 - 2
        page[end:end + 2], page[sequence_offset + 2 * sector:sequence_offset + 2 * sector + 2] = (
            struct.pack("<H", number), bytes(page[end:end + 2]))
    return bytes(page)


def log_record_page():
    page = b"RCRD" + bytes(4) + struct.pack("<QIHHHHIQ", 0x1234567, 1, 1, 1, 0x0f80, 0, 0, 0x1234560)
    body = bytes((7 * i + 3) & 0xff for i in range(4096 - 64))
    return protect(page.ljust(64, b"\0") + body, 40, 0x0022)


def log_restart_page():
    page = b"RSTR" + bytes(4) + struct.pack("<QIIHhh", 0, 4096, 4096, 0x30, 1, 1)
    return protect(page, 30, 0x0005)


def applied(page):
    """What Windows keeps in its cache: the original bytes at the ends of the sectors."""
    offset, count = struct.unpack_from("<HH", page, 4)
    page = bytearray(page)
    for sector in range(1, count):
        page[sector * 512 - 2:sector * 512] = page[offset + 2 * sector:offset + 2 * sector + 2]
    return bytes(page)


def kdbg():
    kernel = 0xfffff80002a0e000
    block = struct.pack("<QQ4sI", kernel + 0x1e9f40, kernel + 0x1e9f40, b"KDBG", 0x340)
    block += struct.pack("<QQQQ", kernel, kernel + 0x7b0d0, 0, 0x001800580158)
    block = block.ljust(72, b"\0") + struct.pack("<QQ", kernel + 0x23b670, kernel + 0x21db30)
    return block.ljust(0x340, b"\0")


def kdbg_narrow():
    """Of a 32-bit kernel: its list has two pointers of 32 bits, all other addresses have 64."""
    kernel = 0x804d7000
    block = struct.pack("<IIQ4sI", kernel + 0x7a1f8, kernel + 0x7a1f8, 0, b"KDBG", 0x290)
    block += struct.pack("<QQQQ", kernel, kernel + 0x2a8b0, 0, 0)
    block = block.ljust(72, b"\0") + struct.pack("<QQ", kernel + 0x7c5a0, kernel + 0x84a58)
    return block.ljust(0x290, b"\0")


def network_link():
    """A link to a file of a share: MS-SHLLINK, LinkInfo with CommonNetworkRelativeLink, then the relative path."""
    header = struct.pack("<I", 76) + bytes.fromhex("0114020000000000c000000000000046")
    header += struct.pack("<II", 0x02 | 0x08 | 0x80, 0x20) + struct.pack("<QQQ", FILETIME_2024, FILETIME_2024, FILETIME_2024)
    header += struct.pack("<IIIHHII", 4096, 0, 1, 0, 0, 0, 0)
    share = b"\\\\files\\public\0"
    network = struct.pack("<IIIII", 20 + len(share), 0, 20, 0, 0x20000) + share
    suffix = b"plans\\2024.xlsx\0"
    info = struct.pack("<IIIIIII", 28 + len(network) + len(suffix), 28, 2, 0, 0, 28, 28 + len(network)) + network + suffix
    path = "..\\2024.xlsx"
    return header + info + struct.pack("<H", len(path)) + path.encode("utf-16-le") + bytes(4)


def pool_header(previous, size, kind, tag):
    return struct.pack("<BBBB4sQ", previous // 16, 0, size // 16, kind, tag, 0)


def pool_chain():
    """A page's beginning with three allocations of Windows 7, whose headers refer to each other."""
    mutant = pool_header(0, 0x90, 0x02, b"Mut\xe1").ljust(0x50, b"\0")
    mutant += struct.pack("<BBBBI", 2, 0, 14, 0, 1)
    file = pool_header(0x90, 0x160, 0x0a, b"Fil\xe5").ljust(0x80, b"\0") + struct.pack("<HH", 5, 0xd8)
    rest = pool_header(0x160, 0x40, 0x02, b"MmSt").ljust(0x40, b"\xaa")
    return mutant.ljust(0x90, b"\0") + file.ljust(0x160, b"\0") + rest


def pool_alone():
    """Allocations of Windows 10, whose headers do not refer to each other; a slot of unrelated data after each."""
    process = pool_header(0, 0xb00, 0x02, b"Proc").ljust(0x80, b"\0") + struct.pack("<BBBB", 3, 0, 0xb6, 0)
    driver = pool_header(0, 0x200, 0x02, b"Driv").ljust(0x60, b"\0") + struct.pack("<HH", 4, 0x150)
    tcp = pool_header(0, 0x120, 0x02, b"TcpE")
    return (process.ljust(0xb00, b"\0") + b"\x11" * 16 + driver.ljust(0x200, b"\0") + b"\x22" * 16 + tcp.ljust(0x120, b"\0") +
            b"\x33" * 16)


def journal(payload, compact):
    header = 72 if compact else 64
    data = struct.pack("<BB6sQQQQQQQ", 1, 0, bytes(6), header + len(payload), 0x9f3c58a1d2e4b607, 0, 0x1a2b8, 0x3d90, 0x3e10, 3)
    return data.ljust(header, b"\0") + payload


def note(owner, kind, description):
    owner += b"\0"
    pad = lambda b: b + bytes(-len(b) % 4)
    return struct.pack("<III", len(owner), len(description), kind) + pad(owner) + pad(description)


def notes():
    info = bytearray(136)
    struct.pack_into("<i", info, 24, 4711)
    info[40:40 + 4] = b"bash"
    info[56:56 + 18] = b"bash -c 'sleep 60'"
    status = bytearray(336)
    struct.pack_into("<i", status, 32, 4712)
    return (note(b"GNU", 3, bytes(range(1, 21))) + note(b"GNU", 1, struct.pack("<IIII", 0, 3, 2, 0)) +
            note(b"CORE", 3, bytes(info)) + note(b"CORE", 1, bytes(status)) + note(b"Go\0", 4, b"abcdEFGH1234/ijkl-5678") +
            note(b"FDO", 0xcafe1a7e, b'{"type":"deb","os":"debian","name":"bash"}'))


def main():
    out = sys.argv[1]
    indx = open(os.path.join(out, "indx.bin"), "rb").read()
    for name, data in {
        "usn-3": usn3(), "log-record": log_record_page(), "log-restart": log_restart_page(), "indx-applied": applied(indx),
        "kdbg-64": kdbg(), "kdbg-32": kdbg_narrow(), "network": network_link(),
        "pool-chain": pool_chain(), "pool-alone": pool_alone(),
        "journal-regular": journal(b"MESSAGE=Accepted publickey for root from 192.0.2.7 port 50514 ssh2", False),
        "journal-compact": journal(b"_CMDLINE=/usr/sbin/sshd -D", True), "notes": notes(),
    }.items():
        with open(os.path.join(out, name + ".bin"), "wb") as file:
            file.write(data)
        print(name, len(data), "%08x" % zlib.crc32(data))


if __name__ == "__main__":
    main()
