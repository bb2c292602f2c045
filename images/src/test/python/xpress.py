"""Writes the two Xpress formats (MS-XCA) for the generators of test images; written from the specification, standard library only.

The encoders look for repetitions with a small hash table; the content of test pages needs no more.
"""
import heapq
import struct

WINDOW_PLAIN = 8192
WINDOW_HUFFMAN = 65535


def tokens(data, window, longest):
    """The content as literals (numbers) and matches (distance, length)."""
    seen, at, out = {}, 0, []
    while at < len(data):
        key = data[at:at + 3]
        before = seen.get(key)
        length = 0
        if len(key) == 3 and before is not None and at - before <= window:
            while at + length < len(data) and length < longest and data[before + length] == data[at + length]:
                length += 1
        if len(key) == 3:
            seen[key] = at
        if length >= 3:
            out.append((at - before, length))
            at += length
        else:
            out.append(data[at])
            at += 1
    return out


def plain(data):
    """2.3: plain LZ77. 32 flags before the tokens that they are for; half bytes shared by two long matches."""
    out, flags, count, flag_at, half = bytearray(4), 0, 0, 0, 0
    for token in tokens(data, WINDOW_PLAIN, 70000):
        if count == 32:
            struct.pack_into('<I', out, flag_at, flags)
            flag_at, flags, count = len(out), 0, 0
            out += bytes(4)
        if isinstance(token, int):
            out.append(token)
            flags = flags << 1
        else:
            distance, length = token
            length -= 3
            out += struct.pack('<H', (distance - 1) << 3 | min(length, 7))
            if length >= 7:
                rest = length - 7
                if half:
                    out[half] |= min(rest, 15) << 4
                    half = 0
                else:
                    half = len(out)
                    out.append(min(rest, 15))
                if rest >= 15:
                    rest -= 15
                    if rest < 255:
                        out.append(rest)
                    else:
                        out.append(255)
                        full = rest + 15 + 7
                        out += struct.pack('<H', full) if full < 65536 else struct.pack('<HI', 0, full)
            flags = flags << 1 | 1
        count += 1
    flags = flags << (32 - count) | ((1 << (32 - count)) - 1)
    struct.pack_into('<I', out, flag_at, flags & 0xffffffff)
    return bytes(out)


def code_lengths(counts):
    """Lengths of a Huffman code for symbols with these counts; at most 15 for the small contents of tests."""
    heap = [(c, i, (i,)) for i, c in enumerate(counts) if c]
    if len(heap) == 1:
        heap.append((0, 511 if heap[0][1] != 511 else 510, (511 if heap[0][1] != 511 else 510,)))
    lengths = [0] * 512
    heapq.heapify(heap)
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap)
        for s in a[2] + b[2]:
            lengths[s] += 1
        heapq.heappush(heap, (a[0] + b[0], min(a[1], b[1]), a[2] + b[2]))
    assert max(lengths) <= 15
    return lengths


def huffman(data):
    """2.1: LZ77 and Huffman codes, for up to 64 KiB of content."""
    assert len(data) <= 65536
    parts, counts = [], [0] * 512
    for token in tokens(data, WINDOW_HUFFMAN, 65538):
        if isinstance(token, int):
            symbol = token
        else:
            symbol = 256 + ((token[0].bit_length() - 1) << 4) + min(token[1] - 3, 15)
        parts.append((symbol, token))
        counts[symbol] += 1
    counts[256] += 1        # the end of the data
    parts.append((256, None))
    lengths = code_lengths(counts)
    codes, code = {}, 0
    for bits in range(1, 16):
        code <<= 1
        for symbol in range(512):
            if lengths[symbol] == bits:
                codes[symbol] = code
                code += 1
    out = bytearray(lengths[2 * i] | lengths[2 * i + 1] << 4 for i in range(256))
    state = {'first': len(out), 'second': len(out) + 2, 'free': 16, 'word': 0}
    out += bytes(4)

    def bits(n, value):
        if n == 0:
            return
        if state['free'] >= n:
            state['free'] -= n
            state['word'] = state['word'] << n | value
            return
        left = n - state['free']
        word = state['word'] << state['free'] | value >> left
        struct.pack_into('<H', out, state['first'], word & 0xffff)
        state['first'], state['second'] = state['second'], len(out)
        out.extend(b'\0\0')
        state['free'], state['word'] = 16 - left, value & ((1 << left) - 1)

    for symbol, token in parts:
        bits(lengths[symbol], codes[symbol])
        if symbol >= 256 and token is not None:
            distance, length = token[0], token[1] - 3
            if length >= 15:
                if length - 15 < 255:
                    out.append(length - 15)
                else:
                    out.append(255)
                    out += struct.pack('<H', length)
            n = distance.bit_length() - 1
            bits(n, distance - (1 << n))
    struct.pack_into('<H', out, state['first'], state['word'] << state['free'] & 0xffff)
    struct.pack_into('<H', out, state['second'], 0)
    return bytes(out)
