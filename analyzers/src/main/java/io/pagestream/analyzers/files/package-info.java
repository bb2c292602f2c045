/**
 * Files in memory, recognized by their headers. {@link io.pagestream.analyzers.files.FilesAnalyzer}
 * searches for the first bytes of all formats in one pass; each format is a separate class that
 * checks the header field by field.
 */
@NullMarked
package io.pagestream.analyzers.files;

import org.jspecify.annotations.NullMarked;
