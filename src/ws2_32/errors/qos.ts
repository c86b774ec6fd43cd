// Errors and reports of quality of service, which hardly anybody meets.
import type { ErrorTexts } from './entry.js';

export const qosErrors = {
  WSA_QOS_RECEIVERS: ['At least one reserve has arrived.'],
  WSA_QOS_SENDERS: ['At least one path has arrived.'],
  WSA_QOS_NO_SENDERS: ['There are no senders.'],
  WSA_QOS_NO_RECEIVERS: ['There are no receivers.'],
  WSA_QOS_REQUEST_CONFIRMED: ['Reserve has been confirmed.'],
  WSA_QOS_ADMISSION_FAILURE: ['Error due to lack of resources.'],
  WSA_QOS_POLICY_FAILURE: ['Rejected for administrative reasons - bad credentials.'],
  WSA_QOS_BAD_STYLE: ['Unknown or conflicting style.'],
  WSA_QOS_BAD_OBJECT: ['Problem with some part of the filterspec or providerspecific buffer in general.'],
  WSA_QOS_TRAFFIC_CTRL_ERROR: ['Problem with some part of the flowspec.'],
  WSA_QOS_GENERIC_ERROR: ['General QOS error.'],
  WSA_QOS_ESERVICETYPE: ['An invalid or unrecognized service type was found in the flowspec.'],
  WSA_QOS_EFLOWSPEC: ['An invalid or inconsistent flowspec was found in the QOS structure.'],
  WSA_QOS_EPROVSPECBUF: ['Invalid QOS provider-specific buffer.'],
  WSA_QOS_EFILTERSTYLE: ['An invalid QOS filter style was used.'],
  WSA_QOS_EFILTERTYPE: ['An invalid QOS filter type was used.'],
  WSA_QOS_EFILTERCOUNT: ['An incorrect number of QOS FILTERSPECs were specified in the FLOWDESCRIPTOR.'],
  WSA_QOS_EOBJLENGTH: [
    'An object with an invalid ObjectLength field was specified in the QOS provider-specific buffer.',
  ],
  WSA_QOS_EFLOWCOUNT: ['An incorrect number of flow descriptors was specified in the QOS structure.'],
  WSA_QOS_EUNKNOWNPSOBJ: ['An unrecognized object was found in the QOS provider-specific buffer.'],
  WSA_QOS_EPOLICYOBJ: ['An invalid policy object was found in the QOS provider-specific buffer.'],
  WSA_QOS_EFLOWDESC: ['An invalid QOS flow descriptor was found in the flow descriptor list.'],
  WSA_QOS_EPSFLOWSPEC: ['An invalid or inconsistent flowspec was found in the QOS provider specific buffer.'],
  WSA_QOS_EPSFILTERSPEC: ['An invalid FILTERSPEC was found in the QOS provider-specific buffer.'],
  WSA_QOS_ESDMODEOBJ: ['An invalid shape discard mode object was found in the QOS provider specific buffer.'],
  WSA_QOS_ESHAPERATEOBJ: ['An invalid shaping rate object was found in the QOS provider-specific buffer.'],
  WSA_QOS_RESERVED_PETYPE: ['A reserved policy element was found in the QOS provider-specific buffer.'],
} as const satisfies ErrorTexts;
