import { Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAct } from "../../api/act.ts";
import { FormDialog } from "../FormDialog.tsx";
import { JobOutcome } from "./JobOutcome.tsx";

interface JobFormDialogProps {
  title: string;
  submit: string;
  danger?: boolean;
  disabled?: boolean;
  size?: string;
  /** Asks for the job and answers its id. */
  run: () => Promise<{ job_id: string }>;
  /** Answers true when the form may be sent. */
  check?: () => boolean;
  onClose: () => void;
  /** Told when the job was accepted. */
  onStarted?: () => void;
  children: ReactNode;
}

/** A dialog whose act is a job: first the form, then how far it is and what came of it. */
export function JobFormDialog(props: JobFormDialogProps) {
  const [jobId, setJobId] = useState<string | null>(null);
  const act = useAct({
    act: props.run,
    changes: [["jobs"]],
    ownError: true,
    onDone: ({ job_id }) => setJobId(job_id),
  });
  if (jobId !== null) {
    const close = () => {
      props.onStarted?.();
      props.onClose();
    };
    return (
      <Modal opened onClose={close} title={props.title}>
        <JobOutcome jobId={jobId} onClose={close} />
      </Modal>
    );
  }
  return (
    <FormDialog
      opened
      onClose={props.onClose}
      title={props.title}
      submit={props.submit}
      danger={props.danger ?? false}
      disabled={props.disabled ?? false}
      {...(props.size ? { size: props.size } : {})}
      pending={act.isPending}
      error={act.error}
      onSubmit={() => {
        if (props.check?.() ?? true) act.mutate();
      }}
    >
      {props.children}
    </FormDialog>
  );
}
