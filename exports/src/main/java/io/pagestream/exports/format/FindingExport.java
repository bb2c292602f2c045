package io.pagestream.exports.format;

/** A format that findings can be exported to. */
public sealed interface FindingExport permits StreamExport, PathExport {
  /** The format's name, as in {@code --format}; kebab-case. */
  String name();
}
