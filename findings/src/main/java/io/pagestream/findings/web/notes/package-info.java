/** What people note about findings, kept beside the case. */
@NullMarked
package io.pagestream.findings.web.notes;

import org.jspecify.annotations.NullMarked;
