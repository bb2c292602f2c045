/**
 * The search for binary records: {@link io.pagestream.analyzers.records.RecordAnalyzer} examines
 * each match of a record's anchor with the record's {@link
 * io.pagestream.analyzers.records.RecordFormat}. The analyzers of event logs, registry hives, NTFS,
 * and Windows and Linux structures consist of such formats.
 */
@NullMarked
package io.pagestream.analyzers.records;

import org.jspecify.annotations.NullMarked;
