package io.pagestream.exports.format;

/**
 * A format by its name.
 *
 * @param name the format's name, as in {@code --format}; kebab-case
 * @param export writes it
 */
public record ExportFormat(String name, FindingExport export) {}
