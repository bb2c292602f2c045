/**
 * Exports findings to the formats of existing tools. A format is one class and one line in {@link
 * io.pagestream.exports.format.Exports}. All formats write in constant memory, and the same case
 * always results in the same bytes.
 *
 * <p>A format that receives findings one by one is a {@link
 * io.pagestream.exports.format.LineExport}, and can follow a live cluster. A format that needs
 * several passes over the findings is a {@link io.pagestream.exports.format.StreamExport}; a format
 * that writes several files, or delegates writing to the store, is a {@link
 * io.pagestream.exports.format.PathExport}.
 */
@NullMarked
package io.pagestream.exports.format;

import org.jspecify.annotations.NullMarked;
