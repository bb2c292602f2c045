/**
 * Records of NTFS: {@code FILE}, {@code INDX}, change journal, and log pages. Layout: libfsntfs,
 * "New Technologies File System (NTFS)"; change journal: USN_RECORD_V2 and USN_RECORD_V3 of the
 * Windows SDK.
 */
@NullMarked
package io.pagestream.analyzers.ntfs;

import org.jspecify.annotations.NullMarked;
