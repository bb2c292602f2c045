package io.pagestream.exports.format;

/** How findings are exported: as a stream of bytes, or to a path. */
public sealed interface FindingExport permits StreamExport, PathExport {}
