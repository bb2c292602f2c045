/** Pages of a finished case, counted by decision and compared with its ledger. */
@NullMarked
package io.pagestream.cases.tally;

import org.jspecify.annotations.NullMarked;
