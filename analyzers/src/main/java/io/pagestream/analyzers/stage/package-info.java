/** The analyzers' stage: runs as windows, analyzers under a time limit, findings, receipts. */
@NullMarked
package io.pagestream.analyzers.stage;

import org.jspecify.annotations.NullMarked;
