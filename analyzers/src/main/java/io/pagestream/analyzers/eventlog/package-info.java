/**
 * Windows event logs (EVTX). Layout: libevtx, "Windows XML Event Log (EVTX) format"; binary XML:
 * MS-EVEN6, section 2.2.12.
 */
@NullMarked
package io.pagestream.analyzers.eventlog;

import org.jspecify.annotations.NullMarked;
