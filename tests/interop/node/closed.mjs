/** Imported first: the network is closed before any other module is loaded. */
import {close} from './guard.mjs';

close();
