/**
 * Files in memory, recognised by their headers. {@link io.pagestream.analyzers.files.FilesAnalyzer}
 * looks for the first bytes of all formats in one pass; each format is a class of its own that
 * checks the header field by field.
 */
@NullMarked
package io.pagestream.analyzers.files;

import org.jspecify.annotations.NullMarked;
