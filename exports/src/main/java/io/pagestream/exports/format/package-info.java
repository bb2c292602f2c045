/**
 * Findings for the tools that people use already. One format is one class and one line in {@link
 * io.pagestream.exports.format.Exports}. All write in constant memory, and the same case always to
 * the same bytes.
 *
 * <p>A format that takes findings one by one is a {@link io.pagestream.exports.format.LineExport},
 * and can follow a live cluster. One that needs to look at them several times is a {@link
 * io.pagestream.exports.format.StreamExport}; one that writes more than one file, or lets the store
 * write, a {@link io.pagestream.exports.format.PathExport}.
 */
@NullMarked
package io.pagestream.exports.format;

import org.jspecify.annotations.NullMarked;
