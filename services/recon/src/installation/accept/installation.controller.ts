import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { InstallationExaminationView } from '@tributary/contracts';
import { Documented, RequirePermission } from '@tributary/platform';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import type { Caller } from '../../shared/decide/caller.js';
import { InstallationExaminer } from '../emit/installation-examiner.js';

/** What recon finds of the installation with the connections that it has. For whoever sees the settings of the services: findings name hosts, topics and roles. */
@Controller('installation/examination')
@RequirePermission('people.manage', { target: () => '*' })
export class InstallationController {
  constructor(private readonly examiner: InstallationExaminer) {}

  @Get()
  @Documented({
    does: 'What the last examination of the installation found, and whether one runs.',
    answers: 'InstallationExaminationView',
  })
  status(): Promise<InstallationExaminationView> {
    return this.examiner.status();
  }

  /** 202: it runs, since now or since somebody else started it. */
  @Post()
  @HttpCode(202)
  @Documented({
    does: 'Looks at Kafka, the registry and PostgreSQL with the connections of recon.',
    answers: 'InstallationExaminationView',
    command: 'doctor',
  })
  start(@CurrentCaller() caller: Caller): Promise<InstallationExaminationView> {
    return this.examiner.start(caller);
  }
}
