package io.pagestream.kernel.record;

/**
 * A record of the kernel's log.
 *
 * @param sequence its number, from 0 at boot
 * @param nanoseconds time since boot
 * @param level 0 (emergency) to 7 (debug)
 * @param text the message, without prefix; may have several lines; hostile
 * @param virtualAddress of the text in the kernel's address space
 */
public record LogRecord(
    long sequence, long nanoseconds, int level, String text, long virtualAddress) {}
