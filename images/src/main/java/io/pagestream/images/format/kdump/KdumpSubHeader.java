package io.pagestream.images.format.kdump;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.page.Pages;
import java.lang.foreign.MemorySegment;

/**
 * Block 1 of a kdump. The header version determines the valid fields: dump level from 1, split from
 * 2, vmcoreinfo from 3, notes from 4, erase information from 5, 64-bit frame numbers from 6.
 *
 * @param physicalBase load address of the kernel, as determined by makedumpfile
 * @param dumpLevel selection of pages that were left out (makedumpfile -d)
 * @param split whether this is a part of a split dump
 * @param startFrame first page frame of this part; 0 if not split
 * @param endFrame page frame after the last of this part
 * @param frameLimit page frame after the last of the machine
 * @param vmcoreinfoOffset file offset of the kernel's own description, 0 if there is none
 * @param vmcoreinfoSize its length
 * @param noteOffset file offset of ELF notes, 0 if there are none
 * @param noteSize their length
 * @param eraseInfoSize length of the list of data erased by makedumpfile on request, 0 if there is
 *     none
 */
record KdumpSubHeader(
    long physicalBase,
    int dumpLevel,
    boolean split,
    long startFrame,
    long endFrame,
    long frameLimit,
    long vmcoreinfoOffset,
    long vmcoreinfoSize,
    long noteOffset,
    long noteSize,
    long eraseInfoSize) {
  private static final int SIZE = 128;

  static KdumpSubHeader read(ImageBytes bytes, KdumpHeader header, boolean diskdump) {
    // diskdump's own sub header is a different structure, which is not needed.
    int version = diskdump ? 0 : header.version();
    KdumpLayout at = header.layout();
    long offset = header.blockBytes();
    MemorySegment sub = bytes.require(offset, SIZE, "the kdump sub header");
    long limit = version >= 6 ? at.order().i64(sub, at.limit64()) : header.frameLimit();
    if (limit <= 0 || limit > Pages.ADDRESS_LIMIT / header.blockBytes()) {
      throw bytes.corrupt(offset + at.limit64(), "a kdump of %d pages".formatted(limit));
    }
    boolean split = version >= 2 && at.order().i32(sub, at.split()) != 0;
    long start = 0;
    long end = limit;
    if (split) {
      start = version >= 6 ? at.order().i64(sub, at.start64()) : at.word(sub, at.start());
      end = version >= 6 ? at.order().i64(sub, at.end64()) : at.word(sub, at.end());
      if (start < 0 || end < start || end > limit) {
        throw bytes.corrupt(
            offset + at.start(),
            "a part of a split dump from page 0x%x to 0x%x of 0x%x".formatted(start, end, limit));
      }
    }
    return new KdumpSubHeader(
        version >= 1 ? at.word(sub, 0) : 0,
        version >= 1 ? at.order().i32(sub, at.level()) : 0,
        split,
        start,
        end,
        limit,
        version >= 3 ? at.order().i64(sub, at.vmcoreinfo()) : 0,
        version >= 3 ? at.word(sub, at.vmcoreinfo() + 8) : 0,
        version >= 4 ? at.order().i64(sub, at.note()) : 0,
        version >= 4 ? at.word(sub, at.note() + 8) : 0,
        version >= 5 ? at.word(sub, at.eraseInfo() + 8) : 0);
  }
}
